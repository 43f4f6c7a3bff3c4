using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records that the client of a referral could not be reached, although it was tried. It ends nothing: a
/// client who is reached later is reached.
/// </summary>
/// <param name="ReferralId">The referral; at least one attempt has named it, and none reached the client.</param>
/// <param name="Grounds">What was tried and why it ends, in the worker's words.</param>
public sealed record RecordUnreached(string ReferralId, PersonalText Grounds) : IClientCommand;

/// <summary>The client of a referral could not be reached.</summary>
[StoredAs("client.referral-unreached", TimelineKind.Referral, Correctable = true, Words = WordClass.Matter)]
public sealed record ReferralUnreached(string ReferralId, PersonalText Grounds) : IClientEvent;

internal static class Unreached
{
    public static Decision Record(ClientState client, RecordUnreached command, Moment moment)
    {
        var refused = Require.Id(command.ReferralId, "referralId")
            ?? Require.Words(command.Grounds, "grounds")
            ?? Referrals.Followable(client, command.ReferralId, moment);
        return refused is not null ? refused : Referrals.Find(client, command.ReferralId)! switch
        {
            { ContactAttempts: 0 } =>
                Refuse.Step(
                    NotContacted, "referralId", "No attempt to reach the client was recorded for this referral."),
            { FirstReachedOn: not null } =>
                Refuse.Step(AlreadyReached, "referralId", "The client was reached for this referral."),
            { UnreachedOn: not null } => Decision.Nothing,
            _ => Decision.Happened(new ReferralUnreached(command.ReferralId, command.Grounds)),
        };
    }

    public static ClientState Evolve(ClientState client, ReferralUnreached happened, DateOnly on) =>
        Referrals.Change(client, happened.ReferralId, referral => referral with { UnreachedOn = on });
}
