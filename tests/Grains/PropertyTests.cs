using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Grains.Work;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>
/// Whatever is asked, in whatever order: no decider throws, a refusal names a field and a known code, every event
/// survives its JSON form, replaying the events gives the folded state, every event of the grain is reached, and what
/// has an identity of its own does not happen twice. Set OSST_SEED to run one seed again.
/// </summary>
public sealed class PropertyTests
{
    private const int Sequences = 150;
    private const int Length = 200;

    private static readonly ICommand[] OfAClient =
    [
        Register, FromKela, Booking, new AttendMeeting("m1"), new MissMeeting("m1"), Assessing, Planning, Reviewing,
        new RecordContactAttempt(ContactChannel.Letter, false, "r1"), new AssignWorker("w1", true),
        new RecordBenefitMonth("2018-03", 55_000, 20), new RecordBenefitMonth("2018-01", 0, 0),
        new RecordBenefitMonth("2018-03", 40_000, 0), new RecordBenefitMonth("2018-01", 30_000, 0),
        new RecordEmploymentOutcome(EmploymentKind.Study, Day("2018-09-01")), new GiveDropInConsent(),
        new ChangeClientDetails(Words("Uusi"), Words("Nimi"), 1979, TemporaryIdentifier: Words("T-9")),
        new RecordContactDetails(Words("040 123 4567"), NeedsInterpreter: true, Prefers: ContactPreference.TextMessage),
        new RecordEmploymentServicePeriod(EmploymentServiceStanding.Jobseeker, Day("2017-02-01")),
        new WithdrawDropInConsent(), new RecordDropInAttendance("a"), new MoveToMunicipality("837"),
        new CloseMatter(ClosingReason.Other), new ReopenMatter(), Planning with { PlanId = "p2" },
        Booking with { MeetingId = "m2", MeetingOn = Day("2019-12-01") },
        Booking with { MeetingId = "m3", MeetingOn = Day("2018-12-01") }, new AttendMeeting("m3"),
        new CancelMeeting("m2", CancellationCause.Client), new AttendMeeting("m2"), new MissMeeting("m2"),
        new RecordReferralNotInvestigated("r1", Words("No staff")), new StartAssessment("r1"), new RequestDiscussion(),
        new RegisterReferral("r1", ReferralMeasure.ProcessBegins, 2), new RecordUnreached("r1", Words("No answer")),
        .. Enumerable.Range(2, 4).Select(entry => new MarkRecordedInError(entry, Words("Wrong client"))),
        new HandOverClient("h1", "w1", "w2"), new RetireDuplicate("m1", "other"),
        new AbsorbDuplicate("m1", "other", new ContactTally(Letters: 1)),
        new UndoMerge("m1", "other", MergeRefusal.TooManyReferrals),
        new EraseClient(ErasureReason.RetentionEnded), new HoldForArchiving(), new EndArchivingHold(),
        new OpenAccess(OpeningReason.Danger, Words("A call in the night")), new ReviewOpening(Aino, Justified: true),
        new ReviewOpening(Aino, Justified: false), new ReviewOpening(Eino, Justified: true), new MissMeeting("m3"),
        new MakeEmploymentPlan("e1") { Steps = [new(EmploymentKind.WorkTrial)] },
        new RecordEmploymentDecision("d1", EmploymentKind.WorkTrial, Granted: true, Words("Agreed"), PlanId: "e1"),
        new SetSecurityBan(), new EndSecurityBan(), new ProhibitDisclosure(Words("Not to others")),
        new WithdrawDisclosureProhibition(), new RequestLogReport("l1"), new GiveLogReport("l1"),
        new RefuseLogReport("l1", Words("A danger to another person")), new WithdrawLogRequest("l1"),
        new RecordObtainedData(Words("Certificates"), "A school", "the plan", ByConsent: true),
        new RequestRestriction(RestrictionGround.AccuracyContested), new GrantRestriction(), new WithdrawRestriction(),
        new RefuseRestriction(RestrictionRefusal.SeriousDanger, Words("A danger to a child")),
        new EndRestriction(Words("It was looked into")),
        new OpenAccess(OpeningReason.LegalClaim, Words("A claim for damages")),
        new PermitDisclosure("records"), new PermitDisclosure(), new WithdrawDisclosurePermission("records"),
        new WithdrawDisclosurePermission(), new ProhibitPartDisclosure(3), new WithdrawPartProhibition(3),
        new AttendMeeting("m3", Minutes: 45, Setting: MeetingSetting.Elsewhere, Method: IntensiveWork),
        new RecordContactAttempt(ContactChannel.PeerExpert, true, Minutes: 10, Declined: DeclineReason.NoTrust),
        new CancelMeeting("m2", CancellationCause.Client, Declined: DeclineReason.Health),
        new DiscloseByLaw("records", "1412/1997 22 a §", Words("Asked by Kela")), new EndDisclosureByLaw("records"),
        new EndReminders(), .. Enumerable.Repeat<ICommand[]>(
        [
            Booking with { MeetingId = "m9", MeetingOn = Day("2021-12-01") }, new AgreeToReminders(),
            new RemindOfMeetings(Day("2021-12-01")), new RecordReminderOutcome("m9", ReminderOutcome.Delivered),
            new RecordUnreached("r1", Words("No answer")),
        ], 3).SelectMany(commands => commands),
        new GiveMeasureConsent(), new RecordMeasureAnswers("ESIS") { Answers = Esis(2) }, new WithdrawMeasureConsent(),
        new RecordMeasureAnswers("ESIS", 1) { Answers = Esis(4) },
    ];

    private static readonly ICommand[] OfAMunicipality =
    [
        Kemijarvi, new PlaceInArm(StudyArm.Neither, Day("2018-01-01"), Day("2018-12-31")), new AddSocialWorker("a"),
        new ChangeArmEnd(Day("2018-01-01"), Day("2019-12-31")), new RecordTrainingDays("a", 3),
        new RecordExposure(Experiment.Osst, Day("2018-01-01")),
        new RecordRegisterCoverage("kela", "2017-01", "2018-12"),
        new ChangeExposureEnd(Experiment.Osst, Day("2018-01-01"), Day("2019-12-31")),
        new WithdrawRegisterCoverage("kela", "2017-01", "2017-03"),
        new DeclareDataSource(
            DataFromElsewhere.BenefitMonths, "Kela", "a file", "Social work", "assessing needs", "1412/1997 18 f §"),
        new RecordPanelValue(PanelMeasure.OnAssistance, "2017-01", 40),
        new RecordPanelValue(PanelMeasure.OnAssistance, "2017-01", null),
        new DecideOnMethod(IntensiveWork, MethodChoice.Emphasise, Day("2019-01-01"), "1/2019"),
        new WithdrawMethodDecision(IntensiveWork, Day("2019-01-01")),
        new SetWorkingDayRule(SaturdayCounts: true), new RecordActivity(IntensiveWork, 90, 3),
        new RecordInterview("a", IntervieweeRole.Partner) { Notes = [new(InterviewTopic.Methods, "Groups work.")] },
        new HandOverCaseload("h1", "b", "a"), new EndHandOver("h1"),
        new MergeDuplicate("m1", "c1", "c2", MergeGrounds.SameIdentifier), new BeginMerge("m1"), new EndMerge("m1"),
        new EndMerge("m1", Begun: true),
        new MergeDuplicate("m2", "c1", "c2", MergeGrounds.SameIdentifier),
        new EndMerge("m2", MergeRefusal.OtherMunicipality),
        new RegisterStaffMember("a", "idp:a", HandlesIntake: true) { TeamIds = ["t1"] }, new RegisterStaffMember("b"),
        new AppointSubstitute("a", "b", Day("2018-07-01"), Day("2018-07-31")), new EndSubstitution("a", "b"),
        new RemoveStaffMember("b"), new GrantFirstRight("eino"), new KeepRights(),
        new NarrowStaffMember("a", "idp:a"), new ShortenSubstitution("a", "b", Day("2018-07-02"), Day("2018-07-30")),
        new GrantRight("aino", RegisterRole.SocialWorker, Day("2018-07-01")),
        new GrantRight("idp:w", RegisterRole.SocialWorker, Day("2018-07-01")),
        new ShortenRight("idp:w", RegisterRole.SocialWorker, Day("2018-07-02")),
        new ConfirmRight("idp:d", RegisterRole.Coordinator, Day("2018-07-01")),
        new GrantRight("idp:d", RegisterRole.Coordinator, Day("2018-07-01")),
        new EndRight("idp:w", RegisterRole.SocialWorker), new EndRight("idp:d", RegisterRole.Coordinator),
        new DecideRightEnd("idp:d", RegisterRole.Coordinator, Ends: false),
        new SetMeetingReminders(1, "16:00"), new SetMeetingReminders(),
    ];

    private static readonly ICommand[] OfACentre =
    [
        Centre, new StartGroup("a", "Cooking"), new RecordGroupSession("a", 5), new RecordVisits(9), new EndGroup("a"),
        new MarkClosedDay(Day("2018-12-24")), new UnmarkClosedDay(Day("2018-12-24")),
        new CountVisits(2, AgeBand.Over64),
        new MarkOpenDay(Day("2018-12-22")), new UnmarkOpenDay(Day("2018-12-22")), new RecordYearlyPersons(2018, 0),
        new RecordCentreActivity(IntensiveWork, 90, 3),
        new RecordAnonymousAnswers("ESIS") { Answers = Esis(3) },
    ];

    private static readonly ICommand[] OfAProgramme =
    [
        Osst, new AdmitMunicipality("837", Day("2018-01-01")), new ReleaseMunicipality("837", Day("2018-12-31")),
        new DecideOnProgrammeMethod(IntensiveWork, MethodChoice.Drop, Day("2019-01-01")),
        new WithdrawProgrammeMethodDecision(IntensiveWork, Day("2019-01-01")),
    ];

    private static readonly ICommand[] OfAnExternalId = [new LinkExternalId("a"), new LinkExternalId("b")];

    private static readonly ICommand[] OfAReceiver =
    [
        new RegisterReceiver("Dashboard", "follow-up", "552/2019 41 §", "837", "https://receiver.example/"),
        new ChangeReceiverEndpoint("https://other.example/"), new PauseReceiver(), new ResumeReceiver(),
    ];

    /// <summary>What has no identity of its own: said twice under two command ids, it happened twice.</summary>
    private static readonly HashSet<Type> HappensAgain =
    [
        typeof(RecordContactAttempt), typeof(AssessNeed), typeof(ReviewPlan), typeof(GrantFunding),
        typeof(RecordSpending), typeof(RecordGroupSession), typeof(CountVisits), typeof(RecordActivity),
        typeof(RecordCentreActivity), typeof(RecordAnonymousAnswers), typeof(RotateReceiverSecret),
        typeof(RecordRegisterCoverage), typeof(RecordObtainedData),
    ];

    /// <summary>Read for ever from the logs of earlier versions.</summary>
    private static readonly string[] NotWrittenAnyMore = ["client.drop-in-attended"];

    /// <summary>Ten years after a closing; the sequences are of three.</summary>
    private static readonly string[] TooLate = ["client.retention-confirmed"];

    [Fact]
    public void Clients() => Hold(
        GivenClient, OfAClient, typeof(IClientCommand), History.Fold<ClientState, ClientDecider>,
        AssertItSaysThatItLasts);

    [Fact]
    public void Municipalities() =>
        Hold(
            GivenMunicipality, OfAMunicipality, typeof(IMunicipalityCommand),
            History.Fold<MunicipalityState, MunicipalityDecider>);

    [Fact]
    public void Drop_in_centres() =>
        Hold(
            GivenCentre, OfACentre, typeof(IDropInCentreCommand),
            History.Fold<DropInCentreState, DropInCentreDecider>);

    [Fact]
    public void Programmes() => Hold(
        GivenProgramme, OfAProgramme, typeof(IProgrammeCommand), History.Fold<ProgrammeState, ProgrammeDecider>);

    [Fact]
    public void External_ids() =>
        Hold(
            GivenExternalId, OfAnExternalId, typeof(IExternalIdCommand),
            History.Fold<ExternalIdState, ExternalIdDecider>);

    [Fact]
    public void Receivers() => Hold(
        GivenReceiver, OfAReceiver, typeof(IReceiverCommand), History.Fold<ReceiverState, ReceiverDecider>);

    /// <summary>A log may hold anything the catalogue knows, in any order: folding it never fails.</summary>
    [Fact]
    public void Folding_is_total_over_every_event_of_every_grain()
    {
        var events = EventCatalogue.Names
            .Select(name => (IEvent)Wire.Read("{}", EventCatalogue.TypeOf(name)!)).ToArray();
        var day = Day("2018-06-01");
        foreach (var happened in events.Concat(events.Reverse()))
        {
            Assert.NotNull(ClientDecider.Evolve(ClientDecider.Initial, happened, day));
            Assert.NotNull(MunicipalityDecider.Evolve(MunicipalityDecider.Initial, happened, day));
            Assert.NotNull(DropInCentreDecider.Evolve(DropInCentreDecider.Initial, happened, day));
            Assert.NotNull(ProgrammeDecider.Evolve(ProgrammeDecider.Initial, happened, day));
            Assert.NotNull(ExternalIdDecider.Evolve(ExternalIdDecider.Initial, happened, day));
            Assert.NotNull(ReceiverDecider.Evolve(ReceiverDecider.Initial, happened, day));
        }
    }

    private static void Hold<TState>(
        Func<Step[], Given<TState>> given,
        ICommand[] likely,
        Type family,
        Func<IReadOnlyList<PastEvent>, TState> fold,
        Action<TState, ICommand, TState>? holds = null)
        where TState : class
    {
        var types = family.Assembly.GetTypes()
            .Where(type => !type.IsInterface && type.IsAssignableTo(family)).ToArray();
        var only = Environment.GetEnvironmentVariable("OSST_SEED");
        var reached = new HashSet<string>();
        foreach (var seed in only is null ? Enumerable.Range(1, Sequences) : [int.Parse(only)])
        {
            try
            {
                Run(given([]), likely, types, fold, new RandomCommands(seed), reached, holds);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"OSST_SEED={seed}: {failure.Message}", failure);
            }
        }
        var grain = EventCatalogue.NameOf(given([new("2018-01-01", likely[0])]).Latest.Events[0]).Split('.')[0];
        Assert.Equal(
            EventCatalogue.Names.Where(name => only is null && name.StartsWith(grain + '.')).Except(reached)
                .Except(NotWrittenAnyMore).Except(TooLate),
            []);
    }

    private static void Run<TState>(
        Given<TState> grain,
        ICommand[] likely,
        Type[] types,
        Func<IReadOnlyList<PastEvent>, TState> fold,
        RandomCommands random,
        HashSet<string> reached,
        Action<TState, ICommand, TState>? holds)
        where TState : class
    {
        for (var i = 0; i < Length; i++)
        {
            var command = random.Next(3) == 0 ? random.Command(random.Pick(types)) : random.Pick(likely);
            var day = i == 0 ? Day("2018-01-01") : random.Day();
            command = i == 0 ? likely[0] : command;
            var before = grain.State;
            grain.When(day.ToString("yyyy-MM-dd"), command);
            holds?.Invoke(before, command, grain.State);
            var again = grain.Ask(day.ToString("yyyy-MM-dd"), command);
            Assert.True(again.Events.Count == 0 || HappensAgain.Contains(command.GetType()), $"Twice: {command}");
            if (grain.Latest.Rejection is { } refused)
            {
                Assert.Contains(refused.Code, KnownCodes);
                Assert.NotEmpty(refused.Field);
                Assert.NotEmpty(refused.Message);
            }
            foreach (var happened in grain.Latest.Events)
            {
                reached.Add(EventCatalogue.NameOf(happened));
                var json = Wire.Write(happened);
                var read = (IEvent)Wire.Read(json, EventCatalogue.TypeOf(EventCatalogue.NameOf(happened))!);
                Assert.Equal(json, Wire.Write(read));
            }
        }
        var folded = Wire.Write(grain.State);
        Assert.Equal(folded, Wire.Write(fold([.. grain.Past.Select(Reread)])));
        Assert.Equal(folded, Wire.Write(Wire.Read(folded, typeof(TState))));
    }

    /// <summary>
    /// By what does not say that it makes something last (<see cref="IMakesItLast"/>), no one gets to do with a client,
    /// except by an opening, which ends by itself. Else who was let in for an hour could let himself in for good.
    /// </summary>
    private static void AssertItSaysThatItLasts(ClientState before, ICommand command, ClientState after)
    {
        if (before.RegisteredOn is null || command is INoMutation or IMakesItLast { MakesItLast: true })
        {
            return;
        }
        var (was, now) = (ClientDecider.TiesOf(before, At(Today)), ClientDecider.TiesOf(after, At(Today)));
        Assert.True(now.Worker is null || now.Worker == was.Worker, $"A worker by {command}");
        Assert.True(!now.IsInIntake || was.IsInIntake, $"In the intake by {command}");
        Assert.True(!now.Meets.Except(was.Meets).Any(), $"A meeting by {command}");
        Assert.True(command is OpenAccess || !now.Openings.Except(was.Openings).Any(), $"An opening by {command}");
        Assert.True(now.IsProtected || !was.IsProtected, $"A protection ended by {command}");
    }

    /// <summary>The entry as it comes back from its JSON form.</summary>
    private static PastEvent Reread(PastEvent entry) => entry with
    {
        Happened = (IEvent)Wire.Read(Wire.Write(entry.Happened!), entry.Happened!.GetType()),
    };

    private static readonly HashSet<string> KnownCodes =
        [.. typeof(RejectionCodes).GetFields().Select(field => (string)field.GetValue(null)!)];
}
