using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Grains.Tests;

/// <summary>A command on a day.</summary>
internal readonly record struct Step(string Day, ICommand Command);

/// <summary>Given a history of accepted commands, when one more arrives, then events or a rejection follow.</summary>
internal static class Scenario
{
    /// <summary>The day of recording in every scenario.</summary>
    public const string Today = "2019-12-31";

    public static Given<ClientState> GivenClient(params Step[] history) =>
        Given<ClientState>.By<ClientDecider>(history);

    public static Given<MunicipalityState> GivenMunicipality(params Step[] history) =>
        Given<MunicipalityState>.By<MunicipalityDecider>(history);

    public static Given<DropInCentreState> GivenCentre(params Step[] history) =>
        Given<DropInCentreState>.By<DropInCentreDecider>(history);

    public static Given<ProgrammeState> GivenProgramme(params Step[] history) =>
        Given<ProgrammeState>.By<ProgrammeDecider>(history);

    public static Given<ExternalIdState> GivenExternalId(params Step[] history) =>
        Given<ExternalIdState>.By<ExternalIdDecider>(history);

    public static Given<ReceiverState> GivenReceiver(params Step[] history) =>
        Given<ReceiverState>.By<ReceiverDecider>(history);

    public static Step On(string day, ICommand command) => new(day, command);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    /// <summary>Who records on odd days, and who on even ones.</summary>
    public const string Aino = "social-worker/aino";

    public const string Eino = "coordinator/eino";

    public static Moment At(string day) =>
        new(Day(day), Day(Today), new DateTimeOffset(Day(Today), default, default))
        {
            Actor = Day(day).DayNumber % 2 == 1 ? Aino : Eino,
        };
}

internal sealed class Given<TState>
    where TState : class
{
    private readonly Func<TState, IReadOnlyList<PastEvent>, ICommand, Moment, Decision> _decide;
    private readonly Func<IReadOnlyList<PastEvent>, TState> _fold;
    private readonly Func<TState, IEvent, DateOnly, TState> _evolve;
    private readonly List<PastEvent> _past = [];

    private Given(
        TState initial,
        Func<TState, IReadOnlyList<PastEvent>, ICommand, Moment, Decision> decide,
        Func<TState, IEvent, DateOnly, TState> evolve,
        Func<IReadOnlyList<PastEvent>, TState> fold) =>
        (State, _decide, _evolve, _fold) = (initial, decide, evolve, fold);

    public static Given<TState> By<TDecider>(IEnumerable<Step> history)
        where TDecider : IDecider<TState>
    {
        var given = new Given<TState>(
            TDecider.Initial,
            (state, past, command, moment) => command is IRevision
                ? TDecider.Revise(past, command, moment)
                : TDecider.Decide(state, command, moment),
            TDecider.Evolve,
            History.Fold<TState, TDecider>);
        foreach (var step in history)
        {
            given.And(step.Day, step.Command);
        }
        return given;
    }

    /// <summary>Everything that happened, in the order of recording.</summary>
    public IReadOnlyList<PastEvent> Past => _past;

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

    /// <summary>What the decider answers, without folding it.</summary>
    public Decision Ask(string day, ICommand command) => _decide(State, _past, command, Scenario.At(day));

    public Given<TState> When(string day, ICommand command)
    {
        Latest = Ask(day, command);
        foreach (var happened in Latest.Events)
        {
            _past.Add(new PastEvent(
                _past.Count + 1, _past.Count + 1, "320", happened, Scenario.Day(day), Scenario.At(day).RecordedAt));
        }
        State = Latest.Events.Any(happened => happened is IRevisesHistory)
            ? _fold(_past)
            : Latest.Events.Aggregate(State, (state, happened) => _evolve(state, happened, Scenario.Day(day)));
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
