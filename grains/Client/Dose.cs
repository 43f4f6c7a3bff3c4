using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Why a client declined what was offered: a meeting, a plan or a service. No official list is known; these are the
/// project's own, and what the client said is not judged.
/// </summary>
public enum DeclineReason
{
    /// <summary>The client sees no need.</summary>
    NoNeed = 1,

    /// <summary>The client gets help elsewhere.</summary>
    HelpElsewhere = 2,

    /// <summary>Work, study or care of others leaves no time.</summary>
    NoTime = 3,

    /// <summary>Illness or the client's condition.</summary>
    Health = 4,

    /// <summary>Too far, or no way of getting there.</summary>
    Distance = 5,

    /// <summary>The client has no trust in the service, or bad memories of it.</summary>
    NoTrust = 6,

    /// <summary>What was offered is not what the client wishes.</summary>
    OfferUnsuitable = 7,

    /// <summary>Another reason.</summary>
    Other = 8,

    /// <summary>The client gave none.</summary>
    NotGiven = 9,
}

/// <summary>
/// How much was done with a client and how: minutes, place and method of a meeting or a contact. All of it is optional,
/// and what was not recorded is not known; it is never zero.
/// </summary>
internal static class Dose
{
    public static Rejection? Check(int? minutes, MeetingSetting? setting, CodedValue? method, Moment moment) =>
        (minutes is { } given ? Require.Within(given, 1, Limits.MinutesOfDay, "minutes") : null)
        ?? Require.OptionalMember(setting, "setting")
        ?? Require.OptionalCode(method, CodedFields.Method, moment, "method");

    /// <summary>A reason for declining is given only where the client declined.</summary>
    /// <param name="reason">The reason; null where none was recorded.</param>
    /// <param name="mayBe">True where the entry says, or may say, that the client declined.</param>
    /// <param name="field">The field of the reason.</param>
    /// <param name="message">When it may be given, in one sentence.</param>
    public static Rejection? Declined(DeclineReason? reason, bool mayBe, string field, string message) =>
        reason is null ? null
        : Require.OptionalMember(reason, field) ?? (mayBe ? null : Refuse.Field(NotDeclined, field, message));
}
