namespace OsstOrleans.Grains;

/// <summary>Why a command for a receiver of events is refused.</summary>
public static partial class RejectionCodes
{
    /// <summary>An endpoint is no https address, or one with user or fragment.</summary>
    public const string EndpointInvalid = "ENDPOINT_INVALID";

    /// <summary>Where personal data go is part of the registration.</summary>
    public const string PersonalDataFixed = "PERSONAL_DATA_FIXED";

    /// <summary>Events that tell of persons go only where a coordinator of their register lets them.</summary>
    public const string PersonEventsNotAllowed = "PERSON_EVENTS_NOT_ALLOWED";

    /// <summary>The receiver was closed.</summary>
    public const string ReceiverIsClosed = "RECEIVER_CLOSED";

    /// <summary>No reminder of such a meeting was due.</summary>
    public const string ReminderNotDue = "REMINDER_NOT_DUE";
}
