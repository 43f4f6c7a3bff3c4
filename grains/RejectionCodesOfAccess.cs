namespace OsstOrleans.Grains;

/// <summary>Refusals about openings of a client without a relationship, about requests for log lines, and about
/// restrictions of processing.</summary>
public static partial class RejectionCodes
{
    /// <summary>The person's earlier opening of this client was not reviewed yet.</summary>
    public const string OpeningNotReviewed = "OPENING_NOT_REVIEWED";

    /// <summary>No opening of this person waits for a review.</summary>
    public const string OpeningUnknown = "OPENING_UNKNOWN";

    /// <summary>A person does not review the own opening.</summary>
    public const string ReviewOfSelf = "REVIEW_OF_SELF";

    /// <summary>The person has opened as many clients today as a day allows.</summary>
    public const string OpeningsOfDay = "OPENINGS_OF_DAY";

    /// <summary>The identifier is that of a request for other days.</summary>
    public const string LogRequestIdTaken = "LOG_REQUEST_ID_TAKEN";

    /// <summary>The client has made no request for log lines of that identifier.</summary>
    public const string LogRequestUnknown = "LOG_REQUEST_UNKNOWN";

    /// <summary>The request for log lines was answered already, and otherwise.</summary>
    public const string LogRequestAnswered = "LOG_REQUEST_ANSWERED";

    /// <summary>The client waits for an answer to a request for log lines.</summary>
    public const string LogRequestWaits = "LOG_REQUEST_WAITS";

    /// <summary>A restriction of the processing of the client's data is asked for, or holds, or was decided otherwise.
    /// </summary>
    public const string RestrictionUnderWay = "RESTRICTION_UNDER_WAY";

    /// <summary>No restriction of the client's data waits for this decision, or holds.</summary>
    public const string RestrictionUnknown = "RESTRICTION_UNKNOWN";

    /// <summary>This reason does not open the client: of a restricted client the law lists the reasons.</summary>
    public const string OpeningReasonUnfit = "OPENING_REASON_UNFIT";
}
