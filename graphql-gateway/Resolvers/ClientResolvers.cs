using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Measures;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>A client as an answer shows it: the state, and where it stands in its history.</summary>
internal sealed record ClientView(string Id, long Version, long Position, ClientState State);

/// <summary>One client and everything about one.</summary>
internal sealed class ClientResolvers(IGrainCalls grains, GlobalIds ids)
{
    private const string What = "reading this client";

    public ResolverMap AddTo(ResolverMap map)
    {
        map.Root("Query", "client", FindAsked)
            .Object<ClientView>("Client")
            .Batch<ClientView, IReadOnlyList<HistoryEntry>>("Client", "history", Histories)
            .Plain<HistoryEntry, RawJson?>("HistoryEntry", "data", entry => ApiJson.WriteEvent(entry.Event))
            .Object<HistoryEntry>("HistoryEntry");
        AddClient(map);
        AddContactDetails(map);
        AddMeasures(map);
        AddPlans(map);
        return AddParts(map);
    }

    /// <summary>The key of the client that a call asks for.</summary>
    public string KeyOf(FieldCall call) => ids.KeyOf(GrainKind.Client, call.Arguments.Get<string>("id"));

    /// <summary>Reads several clients at once: one turn each, one group of use-log lines together.</summary>
    public ValueTask<IReadOnlyList<ClientView?>> FindAll(FieldCall call, IReadOnlyList<string> ids) =>
        call.Each(ids, id => Find(call, id));

    /// <summary>Reads one client, with its use-log line; null when there is none.</summary>
    /// <exception cref="FieldFault">The caller may not read the client.</exception>
    public async ValueTask<ClientView?> Find(FieldCall call, string id)
    {
        if (!GrainName.IsValidKey(id))
        {
            return null;
        }
        var reply = await grains.Until(call.Cancelled).Read<ClientState>(
            GrainName.Client(id), new ReadRequest(call.Caller()));
        return reply.StateOrFault<ClientState>(What) is { } state
            ? new ClientView(id, reply.Version, reply.Position, state)
            : null;
    }

    /// <summary>The client as now or on an earlier day; a read of the past is a read like any other.</summary>
    private async ValueTask<ClientView?> FindAsked(FieldCall call)
    {
        var id = KeyOf(call);
        var known = call.Arguments.GetOrDefault<DateOnly?>("asKnownOn");
        var day = call.Arguments.GetOrDefault<DateOnly?>("asItWasOn");
        if ((known is null && day is null) || !GrainName.IsValidKey(id))
        {
            return await Find(call, id);
        }
        var reply = await grains.Until(call.Cancelled).Read<ClientState>(
            GrainName.Client(id), new ReadRequest(call.Caller(), ReadKind.Past));
        if (reply.StateOrFault<ClientState>(What) is null)
        {
            return null;
        }
        var past = reply.History!.Where(entry => known is null || GrainServices.DayOf(entry.RecordedAt) <= known)
            .Select(entry => new PastEvent(
                entry.Version, entry.Position, "", entry.Event, entry.OccurredOn, entry.RecordedAt)).ToList();
        var counted = ClientPast.On(past, day);
        return counted.State.Registered is null
            ? null
            : new ClientView(id, counted.Version, counted.Position, counted.State);
    }

    private ValueTask<IReadOnlyList<IReadOnlyList<HistoryEntry>>> Histories(
        IReadOnlyList<ClientView> clients, FieldCall call)
    {
        var read = new ReadRequest(call.Caller(), ReadKind.History);
        return call.Each(clients, async client =>
            (await grains.Until(call.Cancelled).Read<ClientState>(GrainName.Client(client.Id), read)).History
            ?? throw CallerOf.Forbidden(What));
    }

    private static void AddClient(ResolverMap map) => map
        .Plain<ClientView, PersonalText?>("Client", "lastName", c => c.State.Registered?.LastName)
        .Plain<ClientView, PersonalText?>("Client", "firstNames", c => c.State.Registered?.FirstNames)
        .Plain<ClientView, int>("Client", "birthYear", c => c.State.Registered!.BirthYear)
        .Plain<ClientView, PersonalText?>(
            "Client", "personalIdentityCode", c => c.State.Registered?.PersonalIdentityCode)
        .Plain<ClientView, PersonalText?>("Client", "temporaryIdentifier", c => c.State.Registered?.TemporaryIdentifier)
        .Plain<ClientView, bool>("Client", "synthetic", c => c.State.Registered!.Synthetic)
        .Plain<ClientView, DateOnly>("Client", "registeredOn", c => c.State.RegisteredOn!.Value)
        .Plain<ClientView, string>("Client", "municipality", c => c.State.Municipality)
        .Plain<ClientView, IReadOnlyList<Residence>>("Client", "residences", c => c.State.Residences)
        .Plain<ClientView, ContactTally>("Client", "contacts", c => c.State.Contacts)
        .Plain<ClientView, IReadOnlyList<Meeting>>("Client", "meetings", c => c.State.Meetings)
        .Plain<ClientView, Assessment?>("Client", "assessment", c => c.State.Assessment)
        .Plain<ClientView, AssignedWorker?>("Client", "worker", c => c.State.Worker)
        .Plain<ClientView, IReadOnlyList<Plan>>("Client", "plans", c => c.State.Plans)
        .Plain<ClientView, IReadOnlyList<BenefitMonth>>("Client", "benefitMonths", c => c.State.BenefitMonths)
        .Plain<ClientView, IReadOnlyList<EmploymentOutcome>>(
            "Client", "employmentOutcomes", c => c.State.EmploymentOutcomes)
        .Plain<ClientView, IReadOnlyList<EmploymentServicePeriod>>(
            "Client", "employmentServicePeriods", c => c.State.EmploymentServicePeriods)
        .Plain<ClientView, ContactDetails?>("Client", "contactDetails", c => c.State.ContactDetails)
        .Plain<ClientView, DateOnly?>("Client", "dropInConsentSince", c => c.State.DropInConsentSince)
        .Plain<ClientView, DateOnly?>("Client", "remindersAgreedSince", c => c.State.RemindersAgreedSince)
        .Plain<ClientView, DateOnly?>("Client", "measureConsentSince", c => c.State.MeasureConsentSince)
        .Plain<ClientView, IReadOnlyList<MeasureAnswerSet>>(
            "Client", "measureAnswers", c => c.State.MeasureAnswers)
        .Plain<ClientView, DateOnly?>("Client", "securityBanSince", c => c.State.SecurityBanSince)
        .Plain<ClientView, DateOnly?>(
            "Client", "disclosureProhibitedSince", c => c.State.DisclosureProhibitedSince)
        .Plain<ClientView, Restriction?>("Client", "restriction", c => c.State.Restriction)
        .Plain<ClientView, IReadOnlyList<DisclosurePermission>>(
            "Client", "disclosurePermissions", c => c.State.Disclosure.Permissions)
        .Plain<ClientView, IReadOnlyList<ProhibitedPart>>(
            "Client", "prohibitedParts", c => c.State.Disclosure.Parts)
        .Plain<ClientView, IReadOnlyList<DisclosureByLaw>>(
            "Client", "disclosuresByLaw", c => c.State.Disclosure.ByLaw)
        .Plain<ClientView, IReadOnlyList<DropInAttendance>>(
            "Client", "dropInAttendances", c => [.. c.State.DropInAttendances, .. c.State.KeptVisits])
        .Plain<ClientView, DateOnly?>("Client", "erasedOn", c => c.State.ErasedOn)
        .Plain<ClientView, Closing?>("Client", "closed", c => c.State.Closed);

    private static void AddContactDetails(ResolverMap map) => map
        .Object<ContactDetails>("ContactDetails")
        .Plain<ContactDetails, PersonalText?>("ContactDetails", "phone", d => d.Recorded.Phone)
        .Plain<ContactDetails, PersonalText?>("ContactDetails", "otherPhone", d => d.Recorded.OtherPhone)
        .Plain<ContactDetails, PersonalText?>("ContactDetails", "email", d => d.Recorded.Email)
        .Plain<ContactDetails, PersonalText?>("ContactDetails", "streetAddress", d => d.Recorded.StreetAddress)
        .Plain<ContactDetails, PersonalText?>("ContactDetails", "postalCode", d => d.Recorded.PostalCode)
        .Plain<ContactDetails, PersonalText?>("ContactDetails", "city", d => d.Recorded.City)
        .Plain<ContactDetails, PersonalText?>("ContactDetails", "language", d => d.Recorded.Language)
        .Plain<ContactDetails, bool>("ContactDetails", "needsInterpreter", d => d.Recorded.NeedsInterpreter)
        .Plain<ContactDetails, ContactPreference?>("ContactDetails", "prefers", d => d.Recorded.Prefers);

    private static void AddMeasures(ResolverMap map) => map
        .Object<MeasureAnswerSet>("MeasureAnswerSet")
        .Plain<MeasureAnswerSet, string>("MeasureAnswerSet", "measure", s => s.Answered.Measure)
        .Plain<MeasureAnswerSet, int>("MeasureAnswerSet", "version", s => s.Answered.Version)
        .Plain<MeasureAnswerSet, double?>("MeasureAnswerSet", "score", s => s.Answered.ScoreTenths / 10.0)
        .Plain<MeasureAnswerSet, IReadOnlyList<ItemAnswer>>(
            "MeasureAnswerSet", "answers", s => AnswerSets.Opened(s.Answered.Answers))
        .Object<ItemAnswer>("ItemAnswer");

    private static void AddPlans(ResolverMap map) => map
        .Object<Plan>("Plan")
        .Plain<Plan, string>("Plan", "planId", p => p.Made.PlanId)
        .Plain<Plan, bool>("Plan", "filledWithClient", p => p.Made.FilledWithClient)
        .Plain<Plan, PersonalText?>("Plan", "clientsView", p => p.Made.ClientsView)
        .Plain<Plan, PersonalText?>("Plan", "professionalsView", p => p.Made.ProfessionalsView)
        .Plain<Plan, PersonalText?>("Plan", "dissentingViews", p => p.Made.DissentingViews)
        .Plain<Plan, DateOnly?>("Plan", "nextReviewOn", p => p.Made.NextReviewOn)
        .Plain<Plan, IReadOnlyList<Goal>>("Plan", "goals", p => p.Made.Goals)
        .Plain<Plan, IReadOnlyList<PlannedService>>("Plan", "services", p => p.Made.Services)
        .Plain<Plan, IReadOnlyList<string>>("Plan", "authors", p => p.Made.Authors)
        .Plain<Plan, IReadOnlyList<CodedValue>>("Plan", "carriedForward", p => p.Made.CarriedForward)
        .Plain<Plan, PlanDetails?>("Plan", "details", p => p.Made.Details)
        .Plain<ClientView, IReadOnlyList<Goal>>("Client", "goalsToCarryForward", c => CarriedForward.GoalsOf(c.State))
        .Object<PlanDetails>("PlanDetails").Object<PlanNegotiation>("PlanNegotiation")
        .Object<Goal>("Goal").Object<GoalFactor>("GoalFactor").Object<PlannedService>("PlannedService")
        .Object<Review>("Review")
        .Plain<Review, string>("Review", "planId", r => r.Reviewed.PlanId)
        .Plain<Review, bool>("Review", "filledWithClient", r => r.Reviewed.FilledWithClient)
        .Plain<Review, PersonalText?>("Review", "clientsView", r => r.Reviewed.ClientsView)
        .Plain<Review, PersonalText?>("Review", "workersAssessment", r => r.Reviewed.WorkersAssessment)
        .Plain<Review, PersonalText?>("Review", "othersView", r => r.Reviewed.OthersView)
        .Plain<Review, DateOnly?>("Review", "nextReviewOn", r => r.Reviewed.NextReviewOn)
        .Plain<Review, IReadOnlyList<GoalAttainment>>("Review", "attainments", r => r.Reviewed.Attainments)
        .Plain<Review, IReadOnlyList<ServiceReview>>("Review", "services", r => r.Reviewed.Services)
        .Plain<Review, IReadOnlyList<MethodReview>>("Review", "methods", r => r.Reviewed.Methods)
        .Plain<Review, IReadOnlyList<string>>("Review", "authors", r => r.Reviewed.Authors)
        .Object<GoalAttainment>("GoalAttainment").Object<ServiceReview>("ServiceReview")
        .Object<MethodReview>("MethodReview");

    private static ResolverMap AddParts(ResolverMap map) => map
        .Object<Residence>("Residence")
        .Object<ContactTally>("ContactTally")
        .Object<Meeting>("Meeting")
        .Plain<Meeting, string>("Meeting", "meetingId", m => m.Booked.MeetingId)
        .Plain<Meeting, DateOnly>("Meeting", "meetingOn", m => m.Booked.MeetingOn)
        .Plain<Meeting, string?>("Meeting", "startTime", m => m.Booked.StartTime)
        .Plain<Meeting, MeetingSetting>("Meeting", "setting", m => m.HeldIn ?? m.Booked.Setting)
        .Plain<Meeting, PersonalText?>("Meeting", "place", m => m.Booked.Place)
        .Plain<Meeting, string?>("Meeting", "referralId", m => m.Booked.ReferralId)
        .Object<Assessment>("Assessment")
        .Plain<Assessment, bool>("Assessment", "clientship", a => a.Assessed.Clientship)
        .Plain<Assessment, SupportDuration?>("Assessment", "duration", a => a.Assessed.Duration)
        .Plain<Assessment, DateOnly?>("Assessment", "startedOn", a => a.Assessed.StartedOn)
        .Plain<Assessment, PersonalText?>("Assessment", "statement", a => a.Assessed.Statement)
        .Plain<Assessment, string?>("Assessment", "referralId", a => a.Assessed.ReferralId)
        .Plain<Assessment, IReadOnlyList<AssessedNeed>>("Assessment", "needs", a => a.Assessed.Needs)
        .Object<AssessedNeed>("AssessedNeed").Object<AssignedWorker>("AssignedWorker")
        .Object<BenefitMonth>("BenefitMonth").Object<EmploymentOutcome>("EmploymentOutcome")
        .Object<EmploymentServicePeriod>("EmploymentServicePeriod")
        .Object<DropInAttendance>("DropInAttendance").Object<Closing>("Closing")
        .Object<Restriction>("Restriction")
        .Object<DisclosurePermission>("DisclosurePermission").Object<ProhibitedPart>("ProhibitedPart")
        .Object<DisclosureByLaw>("DisclosureByLaw");
}
