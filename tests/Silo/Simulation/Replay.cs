using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Simulation;

namespace OsstOrleans.Silo.Tests.Simulation;

/// <summary>
/// Runs steps through the pure deciders: every step is accepted and changes something. The second matters to the
/// loader, which recognises a loaded grain by the stored outcome of its last step.
/// </summary>
internal static class Replay
{
    private static readonly DateOnly Today = new(2026, 1, 1);

    public static ClientState Client(GrainSteps client) =>
        Run<ClientState, ClientDecider>(client.Steps, client.Grain);

    /// <summary>What happened to a client, in order.</summary>
    public static IReadOnlyList<(IEvent Happened, DateOnly On)> Events(GrainSteps client)
    {
        var events = new List<(IEvent, DateOnly)>();
        Run<ClientState, ClientDecider>(client.Steps, client.Grain, (happened, on) => events.Add((happened, on)));
        return events;
    }

    public static ProgrammeState Programme(IEnumerable<LoadStep> steps) =>
        Run<ProgrammeState, ProgrammeDecider>(steps, GrainName.Programme("osst"));

    public static MunicipalityState Municipality(IEnumerable<LoadStep> steps, string code) =>
        Run<MunicipalityState, MunicipalityDecider>(steps, GrainName.Municipality(code));

    public static DropInCentreState Centre(IEnumerable<LoadStep> steps, string key) =>
        Run<DropInCentreState, DropInCentreDecider>(steps, GrainName.DropInCentre(key));

    private static TState Run<TState, TDecider>(
        IEnumerable<LoadStep> steps, GrainName grain, Action<IEvent, DateOnly>? seen = null)
        where TState : class
        where TDecider : IDecider<TState>
    {
        var state = TDecider.Initial;
        foreach (var step in steps.Where(step => step.Grain == grain))
        {
            var moment = new Moment(step.OccurredOn, Today, new DateTimeOffset(Today, default, default));
            var decision = TDecider.Decide(state, step.Command, moment);
            Assert.True(
                decision.Rejection is null,
                $"{grain} refused {step.Command} on {step.OccurredOn:O}: {decision.Rejection}");
            Assert.True(decision.Events.Count > 0, $"{grain}: {step.Command} on {step.OccurredOn:O} changed nothing.");
            foreach (var happened in decision.Events)
            {
                seen?.Invoke(happened, step.OccurredOn);
            }
            state = decision.Events.Aggregate(state, (s, e) => TDecider.Evolve(s, e, step.OccurredOn));
        }
        return state;
    }
}
