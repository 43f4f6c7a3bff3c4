using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>A step towards work or study.</summary>
public enum EmploymentKind
{
    /// <summary>Work on the open labour market (<em>avoimet työmarkkinat</em>).</summary>
    OpenLabourMarket = 1,

    /// <summary>Work with a wage subsidy (<em>palkkatukityö</em>).</summary>
    SubsidisedWork = 2,

    /// <summary><em>Kuntouttava työtoiminta</em>.</summary>
    RehabilitativeWork = 3,

    /// <summary><em>Työkokeilu</em>.</summary>
    WorkTrial = 4,

    /// <summary>Studies leading to a qualification (<em>opiskelu</em>).</summary>
    Study = 5,

    /// <summary>Own business (<em>yrittäjyys</em>).</summary>
    Entrepreneurship = 6,
}

/// <summary>
/// Records that the client began work, study or a step towards them. The same kind and first day again replaces the
/// last day, and the note when there is a new one, unless they are known of a later day.
/// </summary>
/// <param name="Kind">What began.</param>
/// <param name="StartsOn">Its first day: not before the registration, not in the future.</param>
/// <param name="EndsOn">Its last day, where known; may lie ahead.</param>
/// <param name="Note">The worker's words.</param>
public sealed record RecordEmploymentOutcome(
    EmploymentKind Kind,
    DateOnly StartsOn,
    DateOnly? EndsOn = null,
    PersonalText? Note = null) : IClientCommand;

/// <summary>Work, study or a step towards them began, or its last day became known.</summary>
[StoredAs("client.employment-outcome-recorded", TimelineKind.Employment, Correctable = true, Words = WordClass.Matter)]
public sealed record EmploymentOutcomeRecorded(
    EmploymentKind Kind,
    DateOnly StartsOn,
    DateOnly? EndsOn,
    PersonalText? Note) : IClientEvent;

/// <summary>A period of work or study; its last day belongs to it.</summary>
/// <param name="KnownOn">The day of which it is known.</param>
public sealed record EmploymentOutcome(
    EmploymentKind Kind,
    DateOnly StartsOn,
    DateOnly? EndsOn,
    PersonalText? Note,
    DateOnly KnownOn);

internal static class Employment
{
    public static Decision Record(ClientState client, RecordEmploymentOutcome command, Moment moment)
    {
        var refused = Require.Member(command.Kind, "kind")
            ?? Require.Past(command.StartsOn, moment, "startsOn")
            ?? (command.StartsOn < client.RegisteredOn
                ? Refuse.Field(BeforeRegistration, "startsOn", "The client was registered after this day.")
                : null)
            ?? Require.Period(command.StartsOn, command.EndsOn, "endsOn")
            ?? Require.Planned(command.EndsOn, moment, "endsOn")
            ?? Require.Text(command.Note, "note");
        if (refused is not null)
        {
            return refused;
        }
        var begun = new EmploymentOutcomeRecorded(
            command.Kind, command.StartsOn, command.EndsOn, command.Note is { IsEmpty: false } ? command.Note : null);
        return Find(client, begun) switch
        {
            { } known when IsKnown(known, begun) => ConfirmedFacts.Again(
                new FactConfirmed(ConfirmedFact.Employment, Kind: command.Kind, StartsOn: command.StartsOn),
                known.KnownOn, moment),
            { } known when Require.NotSuperseded(known.KnownOn, moment) is { } superseded => superseded,
            null when client.EmploymentOutcomes.Count >= Limits.EmploymentOutcomes =>
                Refuse.Limit("kind", Limits.EmploymentOutcomes),
            _ => Decision.Happened(begun),
        };
    }

    public static ClientState Evolve(ClientState client, EmploymentOutcomeRecorded happened, DateOnly on)
    {
        var known = Find(client, happened);
        return client with
        {
            EmploymentOutcomes =
            [
                .. client.EmploymentOutcomes.Where(other => other != known), Merged(known, happened, on),
            ],
        };
    }

    private static EmploymentOutcome? Find(ClientState client, EmploymentOutcomeRecorded begun) =>
        client.EmploymentOutcomes.FirstOrDefault(known => known.Kind == begun.Kind && known.StartsOn == begun.StartsOn);

    /// <summary>A note whose words were destroyed may have been this one: sent again, it must not come back.</summary>
    private static bool IsKnown(EmploymentOutcome known, EmploymentOutcomeRecorded begun) =>
        known == Merged(known, known.Note is { IsEmpty: true } ? begun with { Note = null } : begun, known.KnownOn);

    /// <summary>The last day as recorded most recently counts; an earlier note stays where the new entry has none. One
    /// whose words were destroyed is an empty one.</summary>
    private static EmploymentOutcome Merged(
        EmploymentOutcome? known, EmploymentOutcomeRecorded begun, DateOnly on) =>
        new(begun.Kind, begun.StartsOn, begun.EndsOn,
            begun.Note is { IsEmpty: false } ? begun.Note : known?.Note ?? begun.Note, on);
}
