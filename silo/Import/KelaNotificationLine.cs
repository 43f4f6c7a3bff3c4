using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// A notification of Kela to the municipality. It may hold basic data: an unknown client is registered with them; for a
/// known one they are left aside.
/// </summary>
internal sealed record KelaNotificationLine : IClientLine
{
    public string? ExternalId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Kela's identifier of the notification, of any form; it names the referral within the client.</summary>
    public string? NotificationId { get; init; }

    /// <summary>The day it arrived.</summary>
    public DateOnly? OccurredOn { get; init; }

    public ReferralReason? Reason { get; init; }

    /// <summary>1 the most urgent.</summary>
    public int? Urgency { get; init; }

    public PersonalText? KelaDecisionReference { get; init; }

    public bool? Over75 { get; init; }

    public bool? HighestCareAllowance { get; init; }

    public bool? ChildWithSpecialSupport { get; init; }

    /// <summary>Codes of <em>tuen tarve</em> (1282). In a CSV cell they stand with <c>|</c> between them.</summary>
    public IReadOnlyList<string>? SupportNeeds { get; init; }

    public string? Municipality { get; init; }

    public PersonalText? LastName { get; init; }

    public PersonalText? FirstNames { get; init; }

    public int? BirthYear { get; init; }

    public PersonalText? PersonalIdentityCode { get; init; }

    public PersonalText? TemporaryIdentifier { get; init; }

    public bool? Synthetic { get; init; }

    public IImportLine On(DateOnly day) => this with { OccurredOn = day };

    public string? Subject() => ExternalId ?? ClientId;

    /// <summary>A notification is sent once, and has an identifier of its own.</summary>
    public bool SaysHowItIs() => false;

    public RegisterClient? Person() => Municipality is null ? null : new(
        Municipality, LastName ?? default, FirstNames ?? default,
        LineRules.BirthYear(BirthYear, PersonalIdentityCode) ?? 0,
        Grains.Client.PersonalIdentityCode.Normal(PersonalIdentityCode), TemporaryIdentifier, Synthetic ?? false);

    public Rejection? Missing() => LineRules.Given(
        (NotificationId, "notificationId"), (Reason, "reason"), (Urgency, "urgency"))
        ?? (NotificationId!.Length <= LineRules.ExternalIdLength && TextForm.IsOneLine(NotificationId) ? null
            : LineRules.Problem(
                RejectionCodes.IdInvalid, "notificationId",
                $"An identifier has at most {LineRules.ExternalIdLength} characters, all of which show."));

    public ICommand Command(bool registers) =>
        new ImportReferral(Referral(), Municipality, registers ? Person() : null);

    private ReceiveReferral Referral() => new(
        LineRules.OwnId(NotificationId!), ReferralSource.Kela, Reason!.Value, Urgency!.Value, KelaDecisionReference,
        Over75 ?? false, HighestCareAllowance ?? false, ChildWithSpecialSupport ?? false)
    {
        SupportNeeds = [.. (SupportNeeds ?? []).Select(code => new CodedValue(CodeSystems.SupportNeeds, code))],
    };
}
