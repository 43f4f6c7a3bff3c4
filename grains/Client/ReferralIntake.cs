using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// What the municipality does about a notification (<em>toimenpiteet</em>, mandatory in Sosmeta 1506.1009); the
/// examples that the structure names.
/// </summary>
public enum ReferralMeasure
{
    /// <summary><em>Neuvonta</em>.</summary>
    Advice = 1,

    /// <summary><em>Ohjaus muun palvelun piiriin</em>.</summary>
    GuidedElsewhere = 2,

    /// <summary><em>Asiakasprosessi alkaa</em>.</summary>
    ProcessBegins = 3,

    /// <summary><em>Ei toimenpiteitä</em>.</summary>
    NoMeasures = 4,
}

/// <summary>
/// Registers a referral in the municipality: the worker's own assessment of the notification (<em>ilmoituksen tai
/// yhteydenoton arvio</em>, Sosmeta 1506.1009). Once for each referral; the day it occurred is the day of assessing.
/// </summary>
/// <param name="ReferralId">The referral.</param>
/// <param name="Measure">What is done about it (toimenpiteet).</param>
/// <param name="Urgency">
/// <em>Kiireellisyys</em> as the municipality sees it, 1 the most urgent; only 1 or 2 when a flag is on, here or in the
/// referral itself.
/// </param>
/// <param name="Grounds">Why so urgent, in the worker's words.</param>
/// <param name="Over75">The client is over 75 years old (SHL 36 §).</param>
/// <param name="HighestCareAllowance">The client gets <em>ylin hoitotuki</em> (SHL 36 §).</param>
/// <param name="ChildWithSpecialSupport">The matter concerns a child needing special support (SHL 36 §).</param>
public sealed record RegisterReferral(
    string ReferralId,
    ReferralMeasure Measure,
    int Urgency,
    PersonalText? Grounds = null,
    bool Over75 = false,
    bool HighestCareAllowance = false,
    bool ChildWithSpecialSupport = false) : IClientCommand;

/// <summary>
/// The municipality assessed a notification. <paramref name="ReceivedOn"/> is the day it had arrived, from which time
/// limits are counted.
/// </summary>
[StoredAs("client.referral-registered", TimelineKind.Referral, Correctable = true, Words = WordClass.Matter)]
public sealed record ReferralRegistered(
    string ReferralId,
    DateOnly ReceivedOn,
    ReferralMeasure Measure,
    int Urgency,
    PersonalText? Grounds,
    bool Over75,
    bool HighestCareAllowance,
    bool ChildWithSpecialSupport) : IClientEvent
{
    /// <summary>True when the law sets the day by which the assessment must start.</summary>
    internal bool IsFlagged => Over75 || HighestCareAllowance || ChildWithSpecialSupport;
}

/// <summary>How the municipality assessed a notification, and when.</summary>
public sealed record ReferralRegistration(ReferralRegistered Registered, DateOnly RegisteredOn);

internal static class ReferralIntake
{
    public static Decision Register(ClientState client, RegisterReferral command, Moment moment)
    {
        var refused = Require.Id(command.ReferralId, "referralId")
            ?? Require.Member(command.Measure, "measure")
            ?? Require.Within(command.Urgency, 1, Referrals.LeastUrgency, "urgency")
            ?? Require.Text(command.Grounds, "grounds")
            ?? Referrals.Followable(client, command.ReferralId, moment);
        if (refused is not null)
        {
            return refused;
        }
        var referral = Referrals.Find(client, command.ReferralId)!;
        var registered = new ReferralRegistered(
            command.ReferralId,
            referral.ReceivedOn,
            command.Measure,
            command.Urgency,
            command.Grounds,
            command.Over75,
            command.HighestCareAllowance,
            command.ChildWithSpecialSupport);
        return (referral.IsFlagged || registered.IsFlagged)
            && Referrals.TooLittleUrgency(command.Urgency) is { } tooLittle ? tooLittle
            : referral.Registration is not { } known ? Decision.Happened(registered)
            : known.Registered == registered && known.RegisteredOn == moment.OccurredOn ? Decision.Nothing
            : Refuse.Step(ReferralAlreadyRegistered, "referralId", "This referral has been registered already.");
    }

    public static ClientState Evolve(ClientState client, ReferralRegistered happened, DateOnly on) =>
        Referrals.Change(client, happened.ReferralId, referral => referral with
        {
            Registration = new ReferralRegistration(happened, on),
        });
}
