using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// How long a need for support lasts (<em>tuen tarpeen kesto</em>, list 1294), in rising order. A repeated need calls
/// for an own worker; a long-term need for an own worker and a plan.
/// </summary>
[CodedIn("local:support-duration")]
public enum SupportDuration
{
    /// <summary><em>Tilapäinen</em>.</summary>
    Temporary = 1,

    /// <summary><em>Toistuva</em>.</summary>
    Repeated = 2,

    /// <summary><em>Pitkäaikainen</em>.</summary>
    LongTerm = 3,
}

/// <summary>One need found in the assessment.</summary>
/// <param name="Need"><em>Tuen tarve</em>, a code of list 1282.</param>
/// <param name="Duration">How long it lasts.</param>
public sealed record AssessedNeed(CodedValue Need, SupportDuration Duration);

/// <summary>
/// Records a finished assessment of the need for services (<em>palvelutarpeen arviointi</em>, SHL 36 §). The day it
/// occurred is the day the assessment was finished.
/// </summary>
/// <param name="Clientship">True when a client relationship begins or goes on (<em>asiakkuus</em>).</param>
/// <param name="StartedOn">The day the assessment began, where it was recorded.</param>
/// <param name="Statement">The worker's words.</param>
/// <param name="ReferralId">The referral that led to it, when one did.</param>
/// <param name="Declined">Why the client declined help; only where no client relationship begins.</param>
public sealed record AssessNeed(
    bool Clientship,
    DateOnly? StartedOn = null,
    PersonalText? Statement = null,
    string? ReferralId = null,
    DeclineReason? Declined = null) : IClientCommand, IMakesItLast
{
    bool IMakesItLast.IsForMeeting => true;

    /// <summary>The needs found; each code at most once, none when no need was found.</summary>
    public IReadOnlyList<AssessedNeed> Needs { get; init => field = value ?? []; } = [];
}

/// <summary>Assigns the worker who works with the client. A second assignment replaces the first.</summary>
/// <param name="WorkerId">The worker's identifier in the municipality, never a name.</param>
/// <param name="OwnWorker">True when named as the client's own worker (<em>omatyöntekijä</em>, SHL 42 §).</param>
public sealed record AssignWorker(string WorkerId, bool OwnWorker) : IClientCommand, IMakesItLast;

/// <summary>The need for services was assessed.</summary>
/// <param name="Clientship">True when a client relationship begins or goes on.</param>
/// <param name="Duration">The longest of the needs' durations, which decides the class; null without needs.</param>
/// <param name="StartedOn">The day the assessment began.</param>
/// <param name="Statement">The worker's words.</param>
/// <param name="ReferralId">The referral that led to it.</param>
/// <param name="Declined">Why the client declined help.</param>
[StoredAs("client.need-assessed", TimelineKind.Assessment, Correctable = true, Words = WordClass.Matter)]
public sealed record NeedAssessed(
    bool Clientship,
    SupportDuration? Duration,
    DateOnly? StartedOn,
    PersonalText? Statement,
    string? ReferralId,
    DeclineReason? Declined = null) : IClientEvent
{
    /// <summary>The needs found.</summary>
    public IReadOnlyList<AssessedNeed> Needs { get; init => field = value ?? []; } = [];
}

/// <summary>A worker was assigned in place of the one before.</summary>
[StoredAs("client.worker-assigned", TimelineKind.Worker)]
public sealed record WorkerAssigned(string WorkerId, bool OwnWorker) : IClientEvent;

/// <summary>The latest assessment and its day.</summary>
public sealed record Assessment(NeedAssessed Assessed, DateOnly AssessedOn);

/// <summary>The worker at present and since when.</summary>
public sealed record AssignedWorker(string WorkerId, bool OwnWorker, DateOnly Since);

internal static class Assessments
{
    public static Decision Assess(ClientState client, AssessNeed command, Moment moment)
    {
        var refused = Require.Each(
                command.Needs,
                "needs",
                (need, at) => Require.Code(need.Need, CodedFields.SupportNeed, moment, $"{at}.need")
                    ?? Require.Member(need.Duration, $"{at}.duration"))
            ?? Require.Distinct(command.Needs, need => need.Need, "needs")
            ?? Require.Text(command.Statement, "statement")
            ?? Dose.Declined(
                command.Declined, !command.Clientship, "declined", "A client relationship begins or goes on.")
            ?? Started(client, command.StartedOn, moment)
            ?? Referrals.Followable(client, command.ReferralId, moment);
        return refused is not null ? refused : Decision.Happened(
            new NeedAssessed(
                command.Clientship,
                LongestOf(command.Needs),
                command.StartedOn ?? UnderWaySince(client, moment),
                command.Statement,
                command.ReferralId,
                command.Declined)
            {
                Needs = command.Needs,
            });
    }

    public static Decision Assign(ClientState client, AssignWorker command, Moment moment) =>
        Require.Id(command.WorkerId, "workerId") is { } refused ? refused
        : client.Worker is { OwnWorker: true } && !command.OwnWorker && NeedsOwnWorker(client)
            ? Refuse.Step(OwnWorkerRequired, "ownWorker", "A repeated or long-term need keeps an own worker.")
        : client.Worker is { } now && now.WorkerId == command.WorkerId && now.OwnWorker == command.OwnWorker
            && now.Since >= moment.Registers.SinceOf(client.Municipality, moment.Today)
            ? Decision.Nothing
        : Decision.Happened(new WorkerAssigned(command.WorkerId, command.OwnWorker));

    public static ClientState Evolve(ClientState client, NeedAssessed happened, DateOnly on)
    {
        var started = AssessmentStarts.Answered(client, happened.StartedOn ?? on, on);
        return started with
        {
            Referrals =
            [
                .. started.Referrals.Select(known => known.AssessedOn is null && known.ReceivedOn <= on
                    ? known with { AssessedOn = on }
                    : known),
            ],
            Assessment = on < client.Assessment?.AssessedOn ? client.Assessment : new Assessment(happened, on),
            AssessmentUnderWay = on < client.AssessmentUnderWay?.StartedOn ? client.AssessmentUnderWay : null,
        };
    }

    public static ClientState Evolve(ClientState client, WorkerAssigned happened, DateOnly on) => client with
    {
        Worker = new AssignedWorker(happened.WorkerId, happened.OwnWorker, on),
    };

    /// <summary>Repeated and long-term needs call for an own worker (<em>omatyöntekijä</em>, list 1294).</summary>
    private static bool NeedsOwnWorker(ClientState client) => client.Assessment is
    { Assessed: { Clientship: true, Duration: >= SupportDuration.Repeated } };

    private static Rejection? Started(ClientState client, DateOnly? startedOn, Moment moment) =>
        startedOn > moment.OccurredOn
            ? Refuse.Field(AssessmentReversed, "startedOn", "The assessment began after it was finished.")
        : startedOn < client.RegisteredOn
            ? Refuse.Field(BeforeRegistration, "startedOn", "The client was registered after this day.")
        : null;

    /// <summary>A start that was recorded by itself need not be given again.</summary>
    private static DateOnly? UnderWaySince(ClientState client, Moment moment) =>
        client.AssessmentUnderWay?.StartedOn <= moment.OccurredOn ? client.AssessmentUnderWay.StartedOn : null;

    private static SupportDuration? LongestOf(IReadOnlyList<AssessedNeed> needs) =>
        needs.Count == 0 ? null : needs.Max(need => need.Duration);
}
