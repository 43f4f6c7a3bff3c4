using OsstOrleans.Grains.Measures;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records the client's consent to keep answers to questionnaires about the client's own experience, such as ESIS, for
/// the evaluation of the work (GDPR 6.1 a and 9.2 a art.). Without it no answers are taken. It begins no earlier than
/// the end of the one before it.
/// </summary>
public sealed record GiveMeasureConsent : IClientCommand;

/// <summary>
/// Withdraws that consent (GDPR 7.3 art.). The answers kept under it become unreadable for good, and count in no figure
/// any more. That there were answers, their days and their scores stay in the log as codes.
/// </summary>
public sealed record WithdrawMeasureConsent : IClientCommand, IEndsForGood
{
    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(MeasureConsentWithdrawn)];
}

/// <summary>
/// Records the client's answers to a measure, by consent. The day it occurred is the day of answering. The same set
/// again changes nothing; of several of one day the one recorded last stands.
/// </summary>
/// <param name="Measure">The measure's name, e.g. ESIS.</param>
/// <param name="Version">Its version; the latest one when null.</param>
public sealed record RecordMeasureAnswers(string Measure, int? Version = null) : IClientCommand
{
    /// <summary>The answers; an item that was left open has none.</summary>
    public IReadOnlyList<ItemAnswer> Answers { get; init => field = value ?? []; } = [];
}

/// <summary>The client consented to have answers to measures kept.</summary>
/// <param name="Consent">1, 2, 3 ...: which of the client's consents it is.</param>
[StoredAs("client.measure-consent-given", TimelineKind.Plan, StaysInside = true)]
public sealed record MeasureConsentGiven(int Consent) : IClientEvent, IOpensSealing;

/// <summary>The consent ended, and with it the key of the answers kept under it: it was withdrawn, or what it was given
/// for has ended.</summary>
/// <param name="Consent">Which one.</param>
[StoredAs("client.measure-consent-withdrawn", TimelineKind.Plan, StaysInside = true)]
public sealed record MeasureConsentWithdrawn(int Consent) : IClientEvent, IErases
{
    /// <inheritdoc/>
    Erasure IErases.Erases => Erasure.None;

    /// <inheritdoc/>
    int IErases.EndsSealing => Consent;
}

/// <summary>The client answered a measure.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Consent">The consent by which the answers are kept.</param>
/// <param name="ScoreTenths">The score in tenths of a point; null where too many items were left open.</param>
/// <param name="Answers">The answers, item by item.</param>
[StoredAs(
    "client.measure-answered", TimelineKind.Plan, Correctable = true, StaysInside = true, Words = WordClass.Matter)]
public sealed record MeasureAnswered(
    string Measure, int Version, int Consent, int? ScoreTenths, PersonalText Answers) : IClientEvent, ISealedByConsent;

/// <summary>A set of answers to a measure.</summary>
/// <param name="Answered">What was answered.</param>
/// <param name="AnsweredOn">The day of answering.</param>
public sealed record MeasureAnswerSet(MeasureAnswered Answered, DateOnly AnsweredOn);

internal static class MeasureAnswers
{
    public static Decision Consent(ClientState client, Moment moment) =>
        client.MeasureConsentSince is not null ? Decision.Nothing
        : Require.NotSuperseded(client.MeasureConsentEndedOn, moment) is { } superseded ? superseded
        : client.MeasureConsents >= Limits.MeasureConsents ? Refuse.Limit("id", Limits.MeasureConsents)
        : Decision.Happened(new MeasureConsentGiven(client.MeasureConsents + 1));

    public static Decision Withdraw(ClientState client) => Decision.Happened(EndOf(client));

    /// <summary>What ends the consent that holds, for whatever reason; nothing where none does. It comes before what
    /// ends it: the last event says what the command did.</summary>
    public static IReadOnlyList<IEvent> EndOf(ClientState client) =>
        client.MeasureConsentSince is null ? [] : [new MeasureConsentWithdrawn(client.MeasureConsents)];

    public static Decision Record(ClientState client, RecordMeasureAnswers command, Moment moment)
    {
        if (AnswerSets.Check(command.Measure, command.Version, command.Answers) is { } refused)
        {
            return refused;
        }
        if (client.MeasureConsentSince is not { } since || moment.OccurredOn < since)
        {
            return Refuse.Step(
                NoMeasureConsent, "occurredOn", "The client had not consented to have answers to measures kept.");
        }
        var measure = MeasureList.Find(command.Measure, command.Version)!;
        var answered = new MeasureAnswered(
            measure.Name, measure.Version, client.MeasureConsents, measure.ScoreOf(command.Answers),
            AnswerSets.Sealed(command.Answers));
        return client.MeasureAnswers.Any(known => known.AnsweredOn == moment.OccurredOn && IsKnown(known, answered))
            ? Decision.Nothing
            : client.MeasureAnswers.Count >= Limits.MeasureAnswers
            ? Refuse.Limit("measure", Limits.MeasureAnswers)
            : Decision.Happened(answered);
    }

    public static ClientState Evolve(ClientState client, IEvent happened, DateOnly on) => happened switch
    {
        MeasureConsentGiven it => client with { MeasureConsentSince = on, MeasureConsents = it.Consent },
        MeasureConsentWithdrawn => client with
        {
            MeasureConsentSince = null,
            MeasureConsentEndedOn = EndedOn(client, on),
            MeasureAnswers = [],
        },
        MeasureAnswered it => client with
        {
            MeasureAnswers =
            [
                .. client.MeasureAnswers.Append(new MeasureAnswerSet(it, on)).OrderBy(set => set.AnsweredOn),
            ],
        },
        _ => client,
    };

    /// <summary>One that was recorded as of an earlier day than the sets it ended is as late as they are.</summary>
    private static DateOnly EndedOn(ClientState client, DateOnly on) => client.MeasureAnswers
        .Select(set => set.AnsweredOn).Append(client.MeasureConsentEndedOn ?? on).Append(on).Max();

    /// <summary>Answers whose words were destroyed may have been these: sent again, they must not come back.</summary>
    private static bool IsKnown(MeasureAnswerSet known, MeasureAnswered answered) =>
        known.Answered == (known.Answered.Answers.IsEmpty
            ? answered with { Answers = known.Answered.Answers }
            : answered);
}
