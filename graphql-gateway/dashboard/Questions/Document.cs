using System.Text.Json;

namespace OsstOrleans.Dashboard.Questions;

/// <summary>
/// A GraphQL document of the dashboard, a file beside the pages. There are no others: a test holds each against the
/// contract, so production takes them like trusted documents.
/// </summary>
public sealed class Document
{
    private const string Folder = "documents/";

    private Document(string name)
    {
        using var file = typeof(Document).Assembly.GetManifestResourceStream(Folder + name)!;
        using var reader = new StreamReader(file);
        (Name, Text) = (name, reader.ReadToEnd());
    }

    public static Document Overview { get; } = new("Overview");

    public static Document Visits { get; } = new("Visits");

    public static Document OwnWork { get; } = new("OwnWork");

    public static Document Staff { get; } = new("Staff");

    public static Document Account { get; } = new("Account");

    public static Document Receivers { get; } = new("Receivers");

    public static Document Chain { get; } = new("Chain");

    public static Document Attendance { get; } = new("Attendance");

    public static Document Outcomes { get; } = new("Outcomes");

    public static Document OutcomeYear { get; } = new("OutcomeYear");

    public static Document EventStudy { get; } = new("EventStudy");

    public static Document MethodDecisions { get; } = new("MethodDecisions");

    public static Document Panel { get; } = new("Panel");

    public static Document Baseline { get; } = new("Baseline");

    public static Document Family { get; } = new("Family");

    public static Document Centres { get; } = new("Centres");

    public static Document Centre { get; } = new("Centre");

    public static Document Own { get; } = new("Own");

    public static Document OwnWorker { get; } = new("OwnWorker");

    public static Document OwnReviews { get; } = new("OwnReviews");

    public static Document OwnList { get; } = new("OwnList");

    public static Document OwnClient { get; } = new("OwnClient");

    public static Document WhoLooked { get; } = new("WhoLooked");

    public static Document LogRequests { get; } = new("LogRequests");

    public static Document LogReport { get; } = new("LogReport");

    public static Document AccessAudit { get; } = new("AccessAudit");

    public static Document UnusualUse { get; } = new("UnusualUse");

    public static Document RequestLogReport { get; } = new("RequestLogReport");

    public static Document GiveLogReport { get; } = new("GiveLogReport");

    public static Document RefuseLogReport { get; } = new("RefuseLogReport");

    public static Document FindClients { get; } = new("FindClients");

    public static Document OpenAccess { get; } = new("OpenAccess");

    public static Document ReviewOpening { get; } = new("ReviewOpening");

    public static Document Restrictions { get; } = new("Restrictions");

    public static Document GrantRestriction { get; } = new("GrantRestriction");

    public static Document RefuseRestriction { get; } = new("RefuseRestriction");

    public static Document EndRestriction { get; } = new("EndRestriction");

    public static Document RetentionDue { get; } = new("RetentionDue");

    public static Document ConfirmRetention { get; } = new("ConfirmRetention");

    public static Document RegisterRights { get; } = new("RegisterRights");

    public static Document RegisterStaff { get; } = new("RegisterStaff");

    public static Document RegisterStaffMember { get; } = new("RegisterStaffMember");

    public static Document RemoveStaffMember { get; } = new("RemoveStaffMember");

    public static Document GrantRight { get; } = new("GrantRight");

    public static Document ConfirmRight { get; } = new("ConfirmRight");

    public static Document EndRight { get; } = new("EndRight");

    public static Document DecideRightEnd { get; } = new("DecideRightEnd");

    public static Document Door { get; } = new("Door");

    public static Document CountVisits { get; } = new("CountVisits");

    public static Document CaseloadChanged { get; } = new("CaseloadChanged");

    public static Document VisitsChanged { get; } = new("VisitsChanged");

    /// <summary>The one that takes lines of a kind, by the kind's name in the contract; null where none does.</summary>
    public static Document? Import(string name) => All.FirstOrDefault(one => one.Name == $"Import{name}");

    /// <summary>Every file of documents.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. typeof(Document).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => new Document(name[Folder.Length..])),
    ];

    /// <summary>The file's name without its ending; its operation has the same.</summary>
    public string Name { get; }

    public string Text { get; }

    /// <summary>The request with these variables.</summary>
    public GraphQLRequest With(object variables) =>
        new(Text, Name, JsonSerializer.SerializeToElement(variables, AnswerJson.Options));
}
