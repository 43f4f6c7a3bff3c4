using System.Text.Json.Serialization;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// A client as folded from the client's events: what the rules and the readers of one client need. Lists are in the
/// order they came to be and bounded by <see cref="Limits"/>.
/// </summary>
public sealed record ClientState
{
    /// <summary>The registration; null until there is one.</summary>
    public ClientRegistered? Registered { get; init; }

    /// <summary>
    /// The day of registration. Nothing about the client happened earlier but what registers tell: benefit months,
    /// periods of the employment services and notifications.
    /// </summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>The day since which the basic data are known to be as they are.</summary>
    public DateOnly? DetailsOn { get; init; }

    /// <summary>The day since which the municipality is known to be the present one.</summary>
    public DateOnly? ResidenceOn { get; init; }

    /// <summary>How the client is reached; null while nothing is known.</summary>
    public ContactDetails? ContactDetails { get; init; }

    /// <summary>The code of the municipality at present; empty until registered.</summary>
    public string Municipality { get; init; } = "";

    /// <summary>The municipalities the client has belonged to, the present one last.</summary>
    public IReadOnlyList<Residence> Residences { get; init; } = [];

    /// <summary>Referrals received.</summary>
    public IReadOnlyList<Referral> Referrals { get; init; } = [];

    /// <summary>Attempts to reach the client, counted.</summary>
    public ContactTally Contacts { get; init; } = new();

    /// <summary>Meetings, whatever became of them.</summary>
    public IReadOnlyList<Meeting> Meetings { get; init; } = [];

    /// <summary>Since when the client agrees to be reminded of meetings; null while the client does not.</summary>
    public DateOnly? RemindersAgreedSince { get; init; }

    /// <summary>Requests for a personal discussion, at most one of them without an answer.</summary>
    public IReadOnlyList<DiscussionRequest> Discussions { get; init; } = [];

    /// <summary>The assessment that was started and is not finished.</summary>
    public StartedAssessment? AssessmentUnderWay { get; init; }

    /// <summary>The latest day on which an assessment was started, or known to have been.</summary>
    public DateOnly? LatestAssessmentStartOn { get; init; }

    /// <summary>The latest assessment of need.</summary>
    public Assessment? Assessment { get; init; }

    /// <summary>The worker at present.</summary>
    public AssignedWorker? Worker { get; init; }

    /// <summary>Plans; the current one is the last.</summary>
    public IReadOnlyList<Plan> Plans { get; init; } = [];

    /// <summary>Months on social assistance, by rising month, each once.</summary>
    public IReadOnlyList<BenefitMonth> BenefitMonths { get; init; } = [];

    /// <summary>Work and study.</summary>
    public IReadOnlyList<EmploymentOutcome> EmploymentOutcomes { get; init; } = [];

    /// <summary>Periods in the register of the employment services.</summary>
    public IReadOnlyList<EmploymentServicePeriod> EmploymentServicePeriods { get; init; } = [];

    /// <summary>Employment plans; the current one is the last.</summary>
    public IReadOnlyList<EmploymentPlan> EmploymentPlans { get; init; } = [];

    /// <summary>Decisions on services of employment, oldest first.</summary>
    public IReadOnlyList<EmploymentDecision> EmploymentDecisions { get; init; } = [];

    /// <summary>Since when visits to drop-in centres may be kept; null without consent.</summary>
    public DateOnly? DropInConsentSince { get; init; }

    /// <summary>Since when answers to measures may be kept; null without consent.</summary>
    public DateOnly? MeasureConsentSince { get; init; }

    /// <summary>Before which day no other such consent begins: that of the last end, or of the last set that ended with
    /// it; null where none has ended.</summary>
    public DateOnly? MeasureConsentEndedOn { get; init; }

    /// <summary>How many such consents the client has given; the last one may hold.</summary>
    public int MeasureConsents { get; init; }

    /// <summary>Answers to measures kept by the present consent, by day.</summary>
    public IReadOnlyList<MeasureAnswerSet> MeasureAnswers { get; init => field = value ?? []; } = [];

    /// <summary>Since when the client has a security ban (turvakielto); null without one.</summary>
    public DateOnly? SecurityBanSince { get; init; }

    /// <summary>Since when the client prohibits the disclosure of own data; null while it is not prohibited.</summary>
    public DateOnly? DisclosureProhibitedSince { get; init; }

    /// <summary>The latest request for the restriction of processing; null when there was none.</summary>
    public Restriction? Restriction { get; init; }

    /// <summary>What is prohibited in part, permitted, and demanded by law.</summary>
    public DisclosureChoices Disclosure { get; init => field = value ?? DisclosureChoices.None; } =
        DisclosureChoices.None;

    /// <summary>Visits that earlier versions of the platform wrote into the log.</summary>
    public IReadOnlyList<DropInAttendance> DropInAttendances { get; init; } = [];

    /// <summary>The client into whom this one was merged; nothing happens to this one any more.</summary>
    public Survivor? MergedInto { get; init; }

    /// <summary>The latest merges that this client did not take part in, or that were undone.</summary>
    public IReadOnlyList<DeclinedMerge> DeclinedMerges { get; init; } = [];

    /// <summary>Duplicates whose referrals and contacts this client took over.</summary>
    public IReadOnlyList<AbsorbedClient> Absorbed { get; init; } = [];

    /// <summary>Each person's latest opening without a relationship, unless it was found unjustified.</summary>
    public IReadOnlyList<Opening> Openings { get; init; } = [];

    /// <summary>The client's requests for lines of the logs about the client.</summary>
    public IReadOnlyList<LogRequest> LogRequests { get; init; } = [];

    /// <summary>Visits kept by the present consent, by day: beside the log, and gone when the consent ends.</summary>
    public IReadOnlyList<DropInAttendance> KeptVisits { get; init; } = [];

    /// <summary>The day on which the client's words were erased; null while they are readable.</summary>
    public DateOnly? ErasedOn { get; init; }

    /// <summary>Since when the client's documents are ordered to be archived; null while they are not.</summary>
    public DateOnly? ArchivingSince { get; init; }

    /// <summary>Why the client is to be erased, once it is decided; null before.</summary>
    public ErasureReason? ErasureDecidedFor { get; init; }

    /// <summary>True once the client is erased, or is to be: nothing more is recorded but the erasure.</summary>
    [JsonIgnore]
    public bool IsGone => ErasedOn is not null || ErasureDecidedFor is not null;

    /// <summary>The number of the client's matter: 1, the next with each that began after a closing.</summary>
    public int Matter { get; init; } = 1;

    /// <summary>Matters that ended by the beginning of a next one, and whose words are kept, by their number.</summary>
    public IReadOnlyList<ClosedMatter> EarlierMatters { get; init; } = [];

    /// <summary>The number of the latest matter whose words were destroyed, with those before it; 0 for none.</summary>
    public int MattersEnded { get; init; }

    /// <summary>The latest day of a document of a matter, also of one recorded in error; null before the first.
    /// </summary>
    public DateOnly? LastWordsOn { get; init; }

    /// <summary>Null while the matter is open.</summary>
    public Closing? Closed { get; init; }

    /// <summary>The day on which the matter was opened again last; null when it never was.</summary>
    public DateOnly? ReopenedOn { get; init; }

    /// <summary>The current plan; null when none was made.</summary>
    internal Plan? CurrentPlan => Plans.Count == 0 ? null : Plans[^1];
}
