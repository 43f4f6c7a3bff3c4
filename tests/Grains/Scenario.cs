using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;

namespace OsstOrleans.Grains.Tests;

/// <summary>A command on a day.</summary>
internal readonly record struct Step(string Day, ICommand Command);

/// <summary>Given a history of accepted commands, when one more arrives, then events or a rejection follow.</summary>
internal static class Scenario
{
    /// <summary>The day of recording in every scenario.</summary>
    public const string Today = "2019-12-31";

    public static Given<ClientState> GivenClient(params Step[] history) =>
        new(ClientDecider.Initial, ClientDecider.Decide, ClientDecider.Evolve, history);

    public static Given<MunicipalityState> GivenMunicipality(params Step[] history) =>
        new(MunicipalityDecider.Initial, MunicipalityDecider.Decide, MunicipalityDecider.Evolve, history);

    public static Given<DropInCentreState> GivenCentre(params Step[] history) =>
        new(DropInCentreDecider.Initial, DropInCentreDecider.Decide, DropInCentreDecider.Evolve, history);

    public static Given<ProgrammeState> GivenProgramme(params Step[] history) =>
        new(ProgrammeDecider.Initial, ProgrammeDecider.Decide, ProgrammeDecider.Evolve, history);

    public static Step On(string day, ICommand command) => new(day, command);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    public static Moment At(string day) => new(Day(day), Day(Today), new DateTimeOffset(Day(Today), default, default));
}

internal sealed class Given<TState>
    where TState : class
{
    private readonly Func<TState, ICommand, Moment, Decision> _decide;
    private readonly Func<TState, IEvent, DateOnly, TState> _evolve;

    public Given(
        TState initial,
        Func<TState, ICommand, Moment, Decision> decide,
        Func<TState, IEvent, DateOnly, TState> evolve,
        IEnumerable<Step> history)
    {
        (State, _decide, _evolve) = (initial, decide, evolve);
        foreach (var step in history)
        {
            And(step.Day, step.Command);
        }
    }

    public TState State { get; private set; }

    /// <summary>The answer to the latest command.</summary>
    public Decision Latest { get; private set; } = Decision.Nothing;

    /// <summary>One more accepted command of the history.</summary>
    public Given<TState> And(string day, ICommand command)
    {
        When(day, command);
        Assert.True(Latest.Rejection is null, $"{command} was refused: {Latest.Rejection}");
        return this;
    }

    public Given<TState> When(string day, ICommand command)
    {
        Latest = _decide(State, command, Scenario.At(day));
        State = Latest.Events.Aggregate(State, (state, happened) => _evolve(state, happened, Scenario.Day(day)));
        return this;
    }

    public Given<TState> Then(params IEvent[] expected)
    {
        Assert.True(Latest.Rejection is null, $"refused: {Latest.Rejection}");
        Assert.Equal(expected.Select(Shown), Latest.Events.Select(Shown));
        return this;
    }

    public Given<TState> ThenNothing() => Then();

    public void ThenRefused(string code, string field)
    {
        Assert.True(Latest.Rejection is not null, "The command was accepted.");
        Assert.Equal((code, field), (Latest.Rejection.Code, Latest.Rejection.Field));
    }

    private static string Shown(IEvent happened) => $"{EventCatalogue.NameOf(happened)} {Wire.Write(happened)}";
}
