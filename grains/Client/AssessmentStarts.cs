using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Starts the assessment of the need for services (<em>palvelutarpeen arvioinnin aloittaminen</em>, SHL 36 §). It is
/// under way until it is finished by <c>assessNeed</c>.
/// </summary>
/// <param name="ReferralId">The referral that led to it, when one did.</param>
public sealed record StartAssessment(string? ReferralId = null) : IClientCommand;

/// <summary>The assessment of the need for services was started.</summary>
[StoredAs("client.assessment-started", TimelineKind.Assessment, Correctable = true)]
public sealed record AssessmentStarted(string? ReferralId) : IClientEvent;

/// <summary>An assessment under way.</summary>
/// <param name="ReferralId">The referral that led to it.</param>
/// <param name="StartedOn">The day it was started.</param>
public sealed record StartedAssessment(string? ReferralId, DateOnly StartedOn);

internal static class AssessmentStarts
{
    public static Decision Start(ClientState client, StartAssessment command, Moment moment) =>
        Referrals.Followable(client, command.ReferralId, moment) is { } refused ? refused
        : client.AssessmentUnderWay is not { } known ? Decision.Happened(new AssessmentStarted(command.ReferralId))
        : known.ReferralId == command.ReferralId ? Decision.Nothing
        : Refuse.Step(AssessmentAlreadyStarted, "referralId", "Another assessment of this client is under way.");

    public static ClientState Evolve(ClientState client, AssessmentStarted happened, DateOnly on) =>
        Answered(client, on, on) with { AssessmentUnderWay = new StartedAssessment(happened.ReferralId, on) };

    /// <summary>A referral recorded after an assessment that was started since it had arrived.</summary>
    public static Referral Late(ClientState client, Referral referral) =>
        referral.AssessmentStartedOn is null && client.LatestAssessmentStartOn >= referral.ReceivedOn
            ? referral with { AssessmentStartedOn = client.LatestAssessmentStartOn }
            : referral;

    /// <summary>
    /// Every referral received by then has its assessment started: one assessment is of the client's whole need.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="startedOn">The day it began.</param>
    /// <param name="knownOn">
    /// The day on which that is certain: of the start, or of the end where no start was recorded.
    /// </param>
    public static ClientState Answered(ClientState client, DateOnly startedOn, DateOnly knownOn) => client with
    {
        LatestAssessmentStartOn = client.LatestAssessmentStartOn > knownOn ? client.LatestAssessmentStartOn : knownOn,
        Referrals =
        [
            .. client.Referrals.Select(known => known.AssessmentStartedOn is null && known.ReceivedOn <= knownOn
                ? known with { AssessmentStartedOn = startedOn < known.ReceivedOn ? knownOn : startedOn }
                : known),
        ],
    };
}
