using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Silo.Import;

/// <summary>What a file holds. A kind's name is part of each line's command id and never changes.</summary>
public enum ImportKind
{
    /// <summary>Kela's notifications to the municipality (<em>asiakasohjaus Kelasta kuntiin</em>, eTotu).</summary>
    [LinesOf(typeof(KelaNotificationLine), Role.Integration, Role.Coordinator)]
    KelaNotifications = 1,

    /// <summary>Months on basic social assistance from Kela's register.</summary>
    [LinesOf(typeof(BenefitMonthLine), Role.Integration, Role.Coordinator)]
    BenefitMonths = 2,

    /// <summary>Periods from the register of the employment services (<em>TE-palvelut</em>).</summary>
    [LinesOf(typeof(TePeriodLine), Role.Integration, Role.Coordinator)]
    TePeriods = 3,

    /// <summary>Visits of drop-in centres, counted by day.</summary>
    [LinesOf(typeof(VisitsLine), Role.Integration, Role.Coordinator, Role.RecordSystem)]
    Visits = 4,

    /// <summary>Clients and their basic data from a client record system.</summary>
    [LinesOf(typeof(ClientLine), Role.Integration, Role.Coordinator, Role.RecordSystem)]
    Clients = 5,

    /// <summary>Published statistics of municipalities, by month: no person's data.</summary>
    [LinesOf(typeof(RegisterPanelLine), Role.Integration, Role.Coordinator)]
    RegisterPanel = 6,

    /// <summary>Attempts to reach clients (<em>yhteydenotot</em>).</summary>
    [LinesOf(typeof(RecordContactAttempt), Role.Coordinator, Role.RecordSystem, NeedsEntry = true)]
    Contacts = 7,

    /// <summary>Meetings that were agreed; what became of each comes as a line of another kind.</summary>
    [LinesOf(typeof(BookMeeting), Role.Coordinator, Role.RecordSystem, Without = [nameof(BookMeeting.WorkerId)])]
    Meetings = 8,

    /// <summary>Meetings to which the client came.</summary>
    [LinesOf(typeof(AttendMeeting), Role.Coordinator, Role.RecordSystem)]
    AttendedMeetings = 9,

    /// <summary>Meetings to which the client did not come, without having cancelled.</summary>
    [LinesOf(typeof(MissMeeting), Role.Coordinator, Role.RecordSystem)]
    MissedMeetings = 10,

    /// <summary>Meetings that were cancelled beforehand.</summary>
    [LinesOf(typeof(CancelMeeting), Role.Coordinator, Role.RecordSystem)]
    CancelledMeetings = 11,

    /// <summary>Assessments of the need for services that were begun (SHL 36 §).</summary>
    [LinesOf(typeof(StartAssessment), Role.Coordinator, Role.RecordSystem, NeedsDayOrEntry = true)]
    AssessmentStarts = 12,

    /// <summary>Finished assessments of the need for services (SHL 36 §).</summary>
    [LinesOf(typeof(AssessNeed), Role.Coordinator, Role.RecordSystem, NeedsDayOrEntry = true)]
    Assessments = 13,

    /// <summary>Client plans with AVAIN (Sosmeta 1506.15020).</summary>
    [LinesOf(typeof(MakePlan), Role.Coordinator, Role.RecordSystem)]
    Plans = 14,

    /// <summary>Reviews of client plans (<em>suunnitelman arviointi</em>).</summary>
    [LinesOf(typeof(ReviewPlan), Role.Coordinator, Role.RecordSystem, NeedsDayOrEntry = true)]
    Reviews = 15,

    /// <summary>Matters that were closed (<em>asian sulkeminen</em>).</summary>
    [LinesOf(typeof(CloseMatter), Role.Coordinator, Role.RecordSystem, NeedsDayOrEntry = true)]
    Closings = 16,

    /// <summary>Work, studies and steps towards them.</summary>
    [LinesOf(typeof(RecordEmploymentOutcome), Role.Coordinator, Role.RecordSystem, SaysHowItIs = true)]
    Employment = 17,

    /// <summary>Work beyond the office that is no single client's, of a municipality.</summary>
    [LinesOf(typeof(RecordActivity), Role.Coordinator, Role.RecordSystem, NeedsEntry = true)]
    Activities = 18,

    /// <summary>Work beyond the office that was done from a drop-in centre or at it.</summary>
    [LinesOf(typeof(RecordCentreActivity), Role.Coordinator, Role.RecordSystem, NeedsEntry = true)]
    CentreActivities = 19,

    /// <summary>The register's staff: who reads which client follows from it.</summary>
    [LinesOf(typeof(RegisterStaffMember), Role.Coordinator, SaysHowItIs = true)]
    Staff = 20,

    /// <summary>Rights that the register grants to people and systems.</summary>
    [LinesOf(typeof(GrantRight), Role.Coordinator, SaysHowItIs = true)]
    Rights = 21,
}

/// <summary>What each kind is called on the command line, and the form of its lines.</summary>
public static class ImportKinds
{
    private static readonly Dictionary<ImportKind, LinesOfAttribute> s_lines = Enum.GetValues<ImportKind>()
        .ToDictionary(
            kind => kind,
            kind => typeof(ImportKind).GetField(kind.ToString())!.GetCustomAttribute<LinesOfAttribute>()!);

    private static readonly Dictionary<ImportKind, Type> s_types = s_lines.ToDictionary(
        kind => kind.Key, kind => CommandForms.LineOf(kind.Key, kind.Value));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ImportKind> All { get; } = [.. s_lines.Keys.Order()];

    /// <summary>The name on the command line, e.g. <c>benefit-months</c>. Part of each line's command id.</summary>
    public static string NameOf(ImportKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>The kind of a name; null when there is none of that name.</summary>
    public static ImportKind? Find(string name) =>
        All.Cast<ImportKind?>().FirstOrDefault(kind => NameOf(kind!.Value) == name);

    /// <summary>
    /// True when a line names a client, so that only a sender who speaks for its source may send it. Lines of other
    /// kinds need that where they name an entry.
    /// </summary>
    public static bool NamesClients(ImportKind kind) => LineOf(kind).IsAssignableTo(typeof(IClientLine));

    /// <summary>The roles that send lines of this kind.</summary>
    public static IReadOnlyList<Role> SendersOf(ImportKind kind) => s_lines[kind].Senders;

    /// <summary>The command whose fields the lines of this kind have; null where they have a form of their own.
    /// </summary>
    public static Type? CommandOf(ImportKind kind) => s_lines[kind].Command;

    /// <summary>The fields of a command that its lines have; none where they have a form of their own.</summary>
    public static IReadOnlyList<LineField> FieldsOfCommand(ImportKind kind) =>
        CommandOf(kind) is null ? [] : CommandForms.Of(LineOf(kind)).Fields;

    /// <summary>True when each line has the sender's identifier of the entry.</summary>
    public static bool NeedsEntry(ImportKind kind) => s_lines[kind].NeedsEntry;

    /// <summary>True when each line has its day or the sender's identifier of the entry.</summary>
    public static bool NeedsDayOrEntry(ImportKind kind) => s_lines[kind].NeedsDayOrEntry;

    /// <summary>What the schema calls the input of one line.</summary>
    public static string InputOf(ImportKind kind) =>
        CommandOf(kind) is null ? $"{LineOf(kind).Name}Input" : $"{kind}LineInput";

    /// <summary>The type that a line of this kind is read into.</summary>
    public static Type LineOf(ImportKind kind) => s_types[kind];

    /// <summary>
    /// The fields that every line of this kind has to give, as its own rules say. Whom a client's line is about comes
    /// beside them: an identifier of either kind.
    /// </summary>
    public static IReadOnlyList<string> NeededBy(ImportKind kind)
    {
        var (fields, line) = (LineJson.FieldsOf(kind), new JsonObject());
        while (((IImportLine?)line.Deserialize(LineOf(kind), LineJson.Options))!.Missing() is { Field: var field }
            && line.TryAdd(field, SampleOf(fields[field])))
        {
        }
        return [.. line.Select(given => given.Key)];
    }

    private static JsonNode SampleOf(Type type) =>
        type == typeof(int) || type == typeof(long) ? 1
        : type == typeof(bool) ? true
        : type == typeof(DateOnly) ? "2018-03-01"
        : type == typeof(CodedValue) ? new JsonObject { ["system"] = "x", ["code"] = "x" }
        : type.IsEnum ? JsonNamingPolicy.SnakeCaseUpper.ConvertName(Enum.GetNames(type)[0])
        : "x";
}
