using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>A referral, and where it stands in its chain.</summary>
internal sealed record ReferralView(Referral Of, ReferralStage Stage);

/// <summary>The way from a notification to an assessment, and the time limits on it.</summary>
internal sealed class ReferralResolvers(Platform platform)
{
    public ResolverMap AddTo(ResolverMap map)
    {
        map.Plain<ClientView, IReadOnlyList<ReferralView>>("Client", "referrals", c =>
                [.. c.State.Referrals.Select(r => new ReferralView(r, ReferralStages.Of(c.State, r)))])
            .Plain<ClientView, IReadOnlyList<DiscussionRequest>>("Client", "discussions", c => c.State.Discussions)
            .Plain<ClientView, StartedAssessment?>("Client", "assessmentUnderWay", c => c.State.AssessmentUnderWay)
            .Batch<ClientView, IReadOnlyList<Deadline>>("Client", "deadlines", DeadlinesOf)
            .Object<DiscussionRequest>("DiscussionRequest").Object<StartedAssessment>("StartedAssessment")
            .Object<Deadline>("Deadline");
        AddRegistration(map);
        return AddReferral(map);
    }

    private ValueTask<IReadOnlyList<IReadOnlyList<Deadline>>> DeadlinesOf(
        IReadOnlyList<ClientView> clients, FieldCall call) =>
        ValueTask.FromResult<IReadOnlyList<IReadOnlyList<Deadline>>>([.. clients.Select(client => Deadlines.Of(
            client.State,
            platform.Caseloads.MunicipalityOf(client.State.Municipality) ?? MunicipalityDecider.Initial))]);

    private static ResolverMap AddReferral(ResolverMap map) => map
        .Object<ReferralView>("Referral")
        .Plain<ReferralView, string>("Referral", "referralId", r => r.Of.Received.ReferralId)
        .Plain<ReferralView, ReferralSource>("Referral", "source", r => r.Of.Received.Source)
        .Plain<ReferralView, ReferralReason>("Referral", "reason", r => r.Of.Received.Reason)
        .Plain<ReferralView, NotificationKind?>("Referral", "kind", r => r.Of.Received.Kind)
        .Plain<ReferralView, int>("Referral", "urgency", r => r.Of.Received.Urgency)
        .Plain<ReferralView, PersonalText?>(
            "Referral", "kelaDecisionReference", r => r.Of.Received.KelaDecisionReference)
        .Plain<ReferralView, bool>("Referral", "over75", r => r.Of.Received.Over75)
        .Plain<ReferralView, bool>("Referral", "highestCareAllowance", r => r.Of.Received.HighestCareAllowance)
        .Plain<ReferralView, bool>("Referral", "childWithSpecialSupport", r => r.Of.Received.ChildWithSpecialSupport)
        .Plain<ReferralView, IReadOnlyList<CodedValue>>("Referral", "supportNeeds", r => r.Of.Received.SupportNeeds)
        .Plain<ReferralView, DateOnly>("Referral", "receivedOn", r => r.Of.ReceivedOn)
        .Plain<ReferralView, int>("Referral", "contactAttempts", r => r.Of.ContactAttempts)
        .Plain<ReferralView, DateOnly?>("Referral", "firstContactOn", r => r.Of.FirstContactOn)
        .Plain<ReferralView, DateOnly?>("Referral", "firstReachedOn", r => r.Of.FirstReachedOn)
        .Plain<ReferralView, DateOnly?>("Referral", "notInvestigatedOn", r => r.Of.NotInvestigatedOn)
        .Plain<ReferralView, DateOnly?>("Referral", "unreachedOn", r => r.Of.UnreachedOn)
        .Plain<ReferralView, DateOnly?>("Referral", "assessmentStartedOn", r => r.Of.AssessmentStartedOn)
        .Plain<ReferralView, ReferralRegistration?>("Referral", "registration", r => r.Of.Registration);

    private static void AddRegistration(ResolverMap map) => map
        .Object<ReferralRegistration>("ReferralRegistration")
        .Plain<ReferralRegistration, ReferralMeasure>("ReferralRegistration", "measure", r => r.Registered.Measure)
        .Plain<ReferralRegistration, int>("ReferralRegistration", "urgency", r => r.Registered.Urgency)
        .Plain<ReferralRegistration, PersonalText?>("ReferralRegistration", "grounds", r => r.Registered.Grounds)
        .Plain<ReferralRegistration, bool>("ReferralRegistration", "over75", r => r.Registered.Over75)
        .Plain<ReferralRegistration, bool>(
            "ReferralRegistration", "highestCareAllowance", r => r.Registered.HighestCareAllowance)
        .Plain<ReferralRegistration, bool>(
            "ReferralRegistration", "childWithSpecialSupport", r => r.Registered.ChildWithSpecialSupport);
}
