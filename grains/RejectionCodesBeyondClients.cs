namespace OsstOrleans.Grains;

/// <summary>Refusals of municipalities, centres, programmes and identifiers.</summary>
public static partial class RejectionCodes
{
    // Municipality.

    /// <summary>Another merge of the municipality has this identifier.</summary>
    public const string MergeIdTaken = "MERGE_ID_TAKEN";

    /// <summary>One of the two clients is being merged at this moment.</summary>
    public const string MergeUnderWay = "MERGE_UNDER_WAY";

    /// <summary>The merge has ended, and does not begin any more.</summary>
    public const string MergeEnded = "MERGE_ENDED";

    /// <summary>A client cannot be merged into itself.</summary>
    public const string MergeWithItself = "MERGE_WITH_ITSELF";

    /// <summary>Another hand-over of the municipality has this identifier.</summary>
    public const string HandOverIdTaken = "HAND_OVER_ID_TAKEN";

    /// <summary>One of the two workers is handing over or taking over at this moment.</summary>
    public const string HandOverUnderWay = "HAND_OVER_UNDER_WAY";

    /// <summary>A worker does not hand over to the same worker.</summary>
    public const string HandOverToSelf = "HAND_OVER_TO_SELF";

    /// <summary>The worker has as many clients as the municipality's limit allows.</summary>
    public const string CaseloadFull = "CASELOAD_FULL";

    /// <summary>The municipality would be in two arms on one day.</summary>
    public const string ArmOverlap = "ARM_OVERLAP";

    /// <summary>No period in an arm begins on that day.</summary>
    public const string ArmUnknown = "ARM_UNKNOWN";

    /// <summary>The municipality's arms follow from the experiments recorded of it; record or change those.</summary>
    public const string ArmFollows = "ARM_FOLLOWS";

    /// <summary>No such experiment began in the municipality on that day.</summary>
    public const string ExposureUnknown = "EXPOSURE_UNKNOWN";

    /// <summary>No such social worker is in the experiment, or no such worker in the register's staff.</summary>
    public const string WorkerUnknown = "WORKER_UNKNOWN";

    /// <summary>Another worker of the register signs in as this person.</summary>
    public const string SignInTaken = "SIGN_IN_TAKEN";

    /// <summary>A worker does not stand in for the same worker.</summary>
    public const string SubstituteOfSelf = "SUBSTITUTE_OF_SELF";

    /// <summary>Another interview of the municipality has this identifier.</summary>
    public const string InterviewIdTaken = "INTERVIEW_ID_TAKEN";

    /// <summary>Something else was decided on the method for that day.</summary>
    public const string MethodDecided = "METHOD_DECIDED";

    /// <summary>Nothing was decided on the method for that day.</summary>
    public const string MethodDecisionUnknown = "METHOD_DECISION_UNKNOWN";

    // Drop-in centre.

    /// <summary>The centre was closed that day.</summary>
    public const string ClosedDay = "CLOSED_DAY";

    /// <summary>Visits, helpers or sessions were already recorded for the day.</summary>
    public const string DayAlreadyCounted = "DAY_ALREADY_COUNTED";

    /// <summary>The day is not marked as closed.</summary>
    public const string DayNotClosed = "DAY_NOT_CLOSED";

    /// <summary>The day is marked the other way; that is taken back first.</summary>
    public const string DayMarkedOtherwise = "DAY_MARKED_OTHERWISE";

    /// <summary>The day is not marked as open.</summary>
    public const string DayNotOpen = "DAY_NOT_OPEN";

    /// <summary>The year has fewer visits than persons.</summary>
    public const string PersonsExceedVisits = "PERSONS_EXCEED_VISITS";

    /// <summary>The age bands together count more visits than the day.</summary>
    public const string AgeBandsExceedVisits = "AGE_BANDS_EXCEED_VISITS";

    /// <summary>Another group of the centre has this identifier.</summary>
    public const string GroupIdTaken = "GROUP_ID_TAKEN";

    /// <summary>The centre has no such group.</summary>
    public const string GroupUnknown = "GROUP_UNKNOWN";

    /// <summary>The group did not run that day.</summary>
    public const string GroupNotRunning = "GROUP_NOT_RUNNING";

    // Programme.

    /// <summary>An extension must end later than the programme does now.</summary>
    public const string ExtensionNotLater = "EXTENSION_NOT_LATER";

    /// <summary>The day lies outside the programme's period.</summary>
    public const string OutsideProgramme = "OUTSIDE_PROGRAMME";

    /// <summary>The municipality is a member on that day already.</summary>
    public const string AlreadyMember = "ALREADY_MEMBER";

    /// <summary>The municipality is not a member.</summary>
    public const string NotMember = "NOT_MEMBER";

    /// <summary>The leaving lies before the joining.</summary>
    public const string LeavingBeforeJoining = "LEAVING_BEFORE_JOINING";
}
