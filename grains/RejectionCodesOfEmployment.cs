namespace OsstOrleans.Grains;

/// <summary>Why a command about a client's employment plan, or about the end of keeping the client's data, is refused.
/// </summary>
public static partial class RejectionCodes
{
    // Client: employment plan and decision.

    /// <summary>The client has no such employment plan.</summary>
    public const string EmploymentPlanUnknown = "EMPLOYMENT_PLAN_UNKNOWN";

    /// <summary>Another decision of the client has this identifier.</summary>
    public const string DecisionIdTaken = "DECISION_ID_TAKEN";

    // Client: erasure.

    /// <summary>The client was erased; nothing more is recorded.</summary>
    public const string ClientErased = "CLIENT_ERASED";

    /// <summary>The time of keeping has not passed: the matter is open, or was closed less than ten years ago.
    /// </summary>
    public const string RetentionNotEnded = "RETENTION_NOT_ENDED";

    /// <summary>The time of keeping has passed, and the documents are to be archived.</summary>
    public const string RetentionHeld = "RETENTION_HELD";

    /// <summary>The matter ends with the whole client: the client has died, or the data have no keys of their own.
    /// </summary>
    public const string RetentionOfWhole = "RETENTION_OF_WHOLE";
}
