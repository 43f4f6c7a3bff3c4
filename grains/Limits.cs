namespace OsstOrleans.Grains;

/// <summary>
/// The most of everything that one grain takes: a limit keeps every state, snapshot and event of bounded size. Past a
/// limit a command is rejected, never cut short.
/// </summary>
public static class Limits
{
    /// <summary>Characters of a free text.</summary>
    public const int TextLength = 4_000;

    /// <summary>Characters of a name, an identifier of a person or a reference.</summary>
    public const int NameLength = 200;

    /// <summary>Characters of a caller's identifier (referral, meeting, plan, group, worker).</summary>
    public const int IdLength = 64;

    /// <summary>Characters of the name under which a person signs in.</summary>
    public const int SubjectLength = 255;

    /// <summary>Entries of any list in one command.</summary>
    public const int ListLength = 50;

    /// <summary>Referrals of one client.</summary>
    public const int Referrals = 500;

    /// <summary>Attempts of one kind to reach a client that a merge takes over.</summary>
    public const int ContactAttempts = 100_000;

    /// <summary>Meetings of one client.</summary>
    public const int Meetings = 2_000;

    /// <summary>Minutes of one meeting or contact: a day.</summary>
    public const int MinutesOfDay = 1_440;

    /// <summary>Requests of one client for a personal discussion.</summary>
    public const int Discussions = 500;

    /// <summary>Plans of one client.</summary>
    public const int Plans = 100;

    /// <summary>Reviews of one plan.</summary>
    public const int Reviews = 100;

    /// <summary>Months on social assistance of one client: fifty years.</summary>
    public const int BenefitMonths = 600;

    /// <summary>Employment outcomes of one client.</summary>
    public const int EmploymentOutcomes = 200;

    /// <summary>Periods of one client in the register of the employment services.</summary>
    public const int EmploymentServicePeriods = 500;

    /// <summary>Drop-in attendances kept of one client.</summary>
    public const int DropInAttendances = 5_000;

    /// <summary>Consents of one client to have answers to measures kept, one after the other.</summary>
    public const int MeasureConsents = 200;

    /// <summary>Sets of answers to measures kept of one client.</summary>
    public const int MeasureAnswers = 200;

    /// <summary>People whose opening of one client without a relationship is kept.</summary>
    public const int Matters = 200;
    public const int Openings = 200;

    /// <summary>Openings without a relationship that one person has in a day, over all clients.</summary>
    public const int OpeningsPerDay = 5;

    /// <summary>Requests of one client for lines of the logs.</summary>
    public const int LogRequests = 200;

    /// <summary>Permissions of disclosure, prohibited parts and disclosures by law of one client, each.</summary>
    public const int DisclosureChoices = 50;

    /// <summary>Moves of one client between municipalities.</summary>
    public const int Residences = 100;

    /// <summary>Decisions on methods of one municipality, or of one programme.</summary>
    public const int MethodDecisions = 200;

    /// <summary>Arm periods of one municipality.</summary>
    public const int ArmPeriods = 50;

    /// <summary>Separate periods of one municipality's covered months of registers.</summary>
    public const int CoveredPeriods = 100;

    /// <summary>Numbers of published statistics of one municipality: ten years by month of each measure.</summary>
    public const int PanelValues = 400;

    /// <summary>Social workers of one municipality.</summary>
    public const int SocialWorkers = 2_000;

    /// <summary>Sources of data of one municipality, earlier ones too.</summary>
    public const int DataSources = 200;

    /// <summary>Rights of a register.</summary>
    public const int Rights = 5_000;

    /// <summary>Workers who share a team with one, or for whom one stands in.</summary>
    public const int Colleagues = 50;

    /// <summary>Hand-overs of one municipality kept in its state; older ones are in its history.</summary>
    public const int HandOversKept = 500;

    /// <summary>Merges of one municipality kept in its state; older ones are in its history.</summary>
    public const int MergesKept = 500;

    /// <summary>Merges without one client that are kept in its state; older ones are in its history.</summary>
    public const int DeclinedMergesKept = 16;

    /// <summary>Interviews of professionals in one municipality.</summary>
    public const int Interviews = 200;

    /// <summary>Days counted by one drop-in centre: more than fifty years.</summary>
    public const int CentreDays = 20_000;

    /// <summary>Changes of one drop-in centre's weekly opening days.</summary>
    public const int OpeningPeriods = 500;

    /// <summary>Groups of one drop-in centre.</summary>
    public const int Groups = 2_000;

    /// <summary>Memberships of one programme.</summary>
    public const int Members = 1_000;

    /// <summary>Visits, participants or helpers counted in one day.</summary>
    public const int DailyCount = 100_000;

    /// <summary>Social assistance of one month, in cents: EUR 100 000.</summary>
    public const long BenefitCents = 10_000_000;

    /// <summary>A grant, a spending or a budget, in cents: EUR 1 billion.</summary>
    public const long MoneyCents = 100_000_000_000;

    /// <summary>Years ahead that an agreed day or a planned period may lie.</summary>
    public const int YearsAhead = 20;

    /// <summary>Nothing recorded here occurred before this day.</summary>
    public static readonly DateOnly EarliestDay = new(2000, 1, 1);
}
