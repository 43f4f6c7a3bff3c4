using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Privacy;
using static OsstOrleans.Grains.Calls.Role;
using static OsstOrleans.Grains.GrainKind;

namespace OsstOrleans.Silo.Tests.Privacy;

/// <summary>The whole table of who may do what, written out: a role or kind that is added must be added here.</summary>
public sealed class AccessPolicyTests
{
    private static readonly ICommand AnyOfClient = Cases.Letter;

    private static readonly Dictionary<GrainKind, ICommand> Commands = new()
    {
        [GrainKind.Client] = AnyOfClient,
        [GrainKind.Municipality] = new RegisterMunicipality("Tampere"),
        [DropInCentre] = new RecordVisits(3),
        [Programme] = new ChangeBudget(1),
        [GrainKind.ExternalId] = new LinkExternalId("maija"),
        [GrainKind.Receiver] = new PauseReceiver(),
    };

    private static readonly HashSet<(Role, GrainKind)> MaySend =
    [
        (Role.SocialWorker, GrainKind.Client), (Counsellor, GrainKind.Client), (Coordinator, GrainKind.Client),
        (Coordinator, GrainKind.Municipality), (Operator, GrainKind.Municipality),
        (Role.SocialWorker, DropInCentre), (Counsellor, DropInCentre), (Coordinator, DropInCentre),
        (Integration, DropInCentre), (Operator, DropInCentre), (Operator, Programme),
        (RecordSystem, GrainKind.Client), (RecordSystem, DropInCentre),
        (Coordinator, GrainKind.ExternalId),
        (Coordinator, GrainKind.Receiver), (Operator, GrainKind.Receiver),
    ];

    private static readonly HashSet<Type> ForIntegrations =
    [
        typeof(RegisterClient), typeof(ReceiveReferral), typeof(RecordBenefitMonth), typeof(RecordEmploymentOutcome),
        typeof(RecordEmploymentServicePeriod), typeof(ChangeClientDetails), typeof(MoveToMunicipality),
        typeof(ImportClient), typeof(ImportReferral), typeof(ImportBenefitMonth), typeof(ImportServicePeriod),
        typeof(SetSecurityBan), typeof(RecordReminderOutcome),
    ];

    private static readonly HashSet<Type> ForRecordSystems =
    [
        typeof(RegisterClient), typeof(ImportClient), typeof(ChangeClientDetails), typeof(ReceiveReferral),
        typeof(RecordContactAttempt), typeof(BookMeeting), typeof(AttendMeeting), typeof(MissMeeting),
        typeof(CancelMeeting), typeof(StartAssessment), typeof(AssessNeed), typeof(MakePlan), typeof(ReviewPlan),
        typeof(CloseMatter), typeof(RecordEmploymentOutcome),
    ];

    private static IEnumerable<ICommand> CommandsOfClients => typeof(IClientCommand).Assembly.GetTypes()
        .Where(type => type.IsSealed && type.IsAssignableTo(typeof(IClientCommand)))
        .Select(type => (ICommand)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type));

    public static IEnumerable<object[]> Table =>
        from role in Enum.GetValues<Role>() from kind in Enum.GetValues<GrainKind>() select new object[] { role, kind };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_role_sends_to_each_kind_what_the_table_says(Role role, GrainKind kind) =>
        Assert.Equal(MaySend.Contains((role, kind)), AccessPolicy.MaySend(role, kind, Commands[kind]));

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_role_reads_of_each_kind_what_the_table_says(Role role, GrainKind kind)
    {
        var readsClients = role is Role.SocialWorker or Counsellor or Coordinator;
        var linksIds = role is Integration or Coordinator or RecordSystem;
        var keepsReceivers = role is Coordinator or Operator;
        var everywhere = kind switch
        {
            GrainKind.Client or GrainKind.Receiver => false,
            GrainKind.ExternalId => linksIds,
            _ => true,
        };
        var atHome = everywhere || (kind == GrainKind.Client && readsClients)
            || (kind == GrainKind.Receiver && keepsReceivers);
        Assert.Equal(atHome, Reads(role, "837"));
        Assert.Equal(everywhere, Reads(role, "680"));
        Assert.Equal(atHome, Reads(role, null));

        bool Reads(Role asked, string? held) => AccessPolicy.MayRead(Cases.In(asked, held), kind, "837");
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_role_reaches_only_its_own_municipality(Role role, GrainKind kind)
    {
        var everywhere = kind is Programme or GrainKind.ExternalId;
        Assert.Equal(everywhere, AccessPolicy.MayReach(Cases.In(role, "680"), kind, "837"));
        Assert.Equal(
            everywhere || kind != GrainKind.Client || role != Operator,
            AccessPolicy.MayReach(Cases.In(role, "837"), kind, "837"));
    }

    [Fact]
    public void A_municipalitys_own_people_merge_and_hand_over_and_operators_do_not()
    {
        ICommand handOver = new HandOverCaseload("h1", "w1", "w2");
        ICommand merge = new MergeDuplicate("m1", "a", "b", MergeGrounds.SameIdentifier);
        foreach (var role in Enum.GetValues<Role>())
        {
            Assert.Equal(role is Coordinator, AccessPolicy.MaySend(role, GrainKind.Municipality, handOver));
            Assert.Equal(
                role is Coordinator, AccessPolicy.MaySend(role, GrainKind.Municipality, new SetCaseloadLimit(9)));
            Assert.Equal(
                role is Coordinator, AccessPolicy.MaySend(role, GrainKind.Municipality, new SetFirstContactTarget(9)));
            Assert.Equal(
                role is Coordinator, AccessPolicy.MaySend(role, GrainKind.Municipality, merge));
            Assert.Equal(
                role is Coordinator,
                AccessPolicy.MaySend(role, GrainKind.Municipality, new RegisterStaffMember("w1")));
            Assert.Equal(
                role is Coordinator,
                AccessPolicy.MaySend(
                    role, GrainKind.Municipality, new AppointSubstitute("w1", "w2", default, default)));
        }
    }

    [Fact]
    public void Only_who_may_read_a_registers_clients_adds_to_persons_and_answers_of_a_centre()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var command in (ICommand[])[new RecordYearlyPersons(2018, 9), new RecordAnonymousAnswers("ESIS")])
            {
                Assert.Equal(
                    (command, AccessPolicy.MayReadClients(role)),
                    (command, AccessPolicy.MaySend(role, DropInCentre, command)));
            }
        }
    }

    [Fact]
    public void Only_who_keeps_the_register_lets_personal_data_out()
    {
        var records = new RegisterReceiver("Records", "care", "703/2023", "837", "https://a.example/", null, true);
        Assert.True(AccessPolicy.MaySend(Coordinator, GrainKind.Receiver, records));
        Assert.False(AccessPolicy.MaySend(Operator, GrainKind.Receiver, records));
    }

    [Fact]
    public void Integrations_send_registers_facts_and_counsellors_no_assignments_or_moves_and_coordinators_erase()
    {
        foreach (var command in CommandsOfClients)
        {
            Assert.Equal(
                ForIntegrations.Contains(command.GetType()),
                AccessPolicy.MaySend(Integration, GrainKind.Client, command));
            Assert.Equal(
                command is not (AssignWorker or MoveToMunicipality or IErasesClient or ReviewOpening or INoMutation
                    or MakeEmploymentPlan or RecordEmploymentDecision or HoldForArchiving or EndArchivingHold
                    or ILogCommand or IDisclosesByLaw or IDecidesRestriction),
                AccessPolicy.MaySend(Counsellor, GrainKind.Client, command));
            Assert.Equal(
                command is not (IErasesClient or ReviewOpening or HoldForArchiving or EndArchivingHold or ILogCommand
                    or IDisclosesByLaw or IDecidesRestriction),
                AccessPolicy.MaySend(Role.SocialWorker, GrainKind.Client, command));
            Assert.Equal(command is not OpenAccess, AccessPolicy.MaySend(Coordinator, GrainKind.Client, command));
            Assert.Equal(
                command is ILogCommand,
                AccessPolicy.MaySend(DataProtection, GrainKind.Client, command));
            Assert.Equal(
                ForRecordSystems.Contains(command.GetType()),
                AccessPolicy.MaySend(RecordSystem, GrainKind.Client, command));
            Assert.False(AccessPolicy.MaySend(Researcher, GrainKind.Client, command));
            Assert.False(AccessPolicy.MaySend(Operator, GrainKind.Client, command));
        }
    }

    /// <summary>No person gets to read a client by what a record system sends, and it enters no staff and no right.
    /// </summary>
    [Fact]
    public void A_record_system_lets_no_worker_in_and_sends_of_a_register_its_work_alone()
    {
        var meeting = new BookMeeting("m", default);
        Assert.True(AccessPolicy.MaySend(RecordSystem, GrainKind.Client, meeting));
        Assert.False(AccessPolicy.MaySend(RecordSystem, GrainKind.Client, meeting with { WorkerId = "w1" }));
        Assert.True(AccessPolicy.NamesItsRegisters(RecordSystem));
        ICommand[] taken =
        [
            .. new[] { typeof(IMunicipalityCommand), typeof(IDropInCentreCommand) }.SelectMany(kind =>
                kind.Assembly.GetTypes().Where(type => type.IsSealed && type.IsAssignableTo(kind)))
                .Select(type => (ICommand)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type))
                .Where(command => AccessPolicy.MaySend(
                    RecordSystem, command is IMunicipalityCommand ? GrainKind.Municipality : DropInCentre, command)),
        ];
        Assert.Equal(
            [nameof(RecordActivity), nameof(RecordCentreActivity), nameof(RecordVisits)],
            taken.Select(command => command.GetType().Name).Order());
    }

    /// <summary>A command that is new gets a line here: what it says of itself is looked at once.</summary>
    [Fact]
    public void Who_is_let_in_for_a_time_alone_sends_what_the_list_says()
    {
        AccessBasis[] narrow = [AccessBasis.Meeting, AccessBasis.Opened];
        Golden.MayOnlyGrow("commands-by-narrow-bases.txt", CommandsOfClients.Select(command =>
            $"{command.GetType().Name}: " + string.Join(
                ", ", narrow.Where(basis => AccessPolicy.MaySendBy(basis, command)).Select(AccessBases.NameOf)
                    .DefaultIfEmpty("neither"))));
        Assert.All(CommandsOfClients, command => Assert.All(
            Enum.GetValues<AccessBasis>().Except(narrow),
            basis => Assert.True(AccessPolicy.MaySendBy(basis, command))));
    }

    [Theory]
    [InlineData(Role.SocialWorker, true)]
    [InlineData(Counsellor, true)]
    [InlineData(Coordinator, true)]
    [InlineData(Researcher, false)]
    [InlineData(Integration, false)]
    public void Staff_record_what_they_did_beyond_the_office(Role role, bool may) => Assert.Equal(
        may, AccessPolicy.MaySend(role, GrainKind.Municipality, new RecordActivity(default, 60, 5)));

    [Theory]
    [InlineData(Role.SocialWorker, "837", true)]
    [InlineData(Role.SocialWorker, "680", false)]
    [InlineData(Researcher, null, true)]
    [InlineData(Operator, null, false)]
    [InlineData(Integration, null, false)]
    public void Interviews_are_for_the_own_staff_and_for_researchers(Role role, string? municipality, bool may) =>
        Assert.Equal(may, AccessPolicy.MayReadInterviews(Cases.In(role, municipality), "837"));
}
