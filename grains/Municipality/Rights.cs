using OsstOrleans.Grains.Calls;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>The roles that a register grants; others are no register's.</summary>
public enum RegisterRole
{
    /// <summary>Sosiaalityöntekijä.</summary>
    SocialWorker = 1,

    /// <summary>Sosiaaliohjaaja, drop-in staff.</summary>
    Counsellor = 2,

    /// <summary>Koordinoiva sosiaalityöntekijä. Two people grant it.</summary>
    Coordinator = 3,

    /// <summary>Another system, by its client id.</summary>
    Integration = 5,

    /// <summary>Tietosuojavastaava: reads the logs about clients, and no client.</summary>
    DataProtection = 7,
}

/// <summary>
/// Grants a person, or a system, a role for the register's data (703/2023 9 §). A token holds for the register no more
/// than what is granted to its subject. A second grant of the same role replaces the first. A coordinator's right
/// begins when another person has confirmed it (<c>confirmRight</c>). For coordinators; never to oneself.
/// </summary>
/// <param name="Subject">Who signs in: the subject that <c>me</c> shows, <c>issuer:claim</c>.</param>
/// <param name="Role">Which role.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; none when null.</param>
public sealed record GrantRight(string Subject, RegisterRole Role, DateOnly From, DateOnly? To = null)
    : IMunicipalityCommand;

/// <summary>
/// Confirms that a person becomes coordinator, or for how long. By another person than who granted it and who gets it:
/// a coordinator, or an operator.
/// </summary>
/// <param name="Subject">Who gets it.</param>
public sealed record ConfirmRight(string Subject) : IMunicipalityCommand;

/// <summary>Takes a role away at once; one that waits to be confirmed, too. The last coordinator's stays.</summary>
/// <param name="Subject">Whose it is.</param>
/// <param name="Role">Which role.</param>
public sealed record EndRight(string Subject, RegisterRole Role) : IMunicipalityCommand, IEndsForGood
{
    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(RightEnded)];
}

/// <summary>
/// Makes the first coordinator of a register that has none. No caller can: the operator of the installation does,
/// beside the database.
/// </summary>
/// <param name="Subject">Who becomes it.</param>
public sealed record GrantFirstRight(string Subject) : IMunicipalityCommand, ICarriedOut;

/// <summary>A role was granted for the register.</summary>
/// <param name="Subject">To whom.</param>
/// <param name="Role">Which.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; none when null.</param>
/// <param name="GrantedBy">By whom, <c>role/subject</c>.</param>
/// <param name="Waits">It begins when another person has confirmed it.</param>
[StoredAs("municipality.right-granted", StaysInside = true)]
public sealed record RightGranted(
    string Subject, RegisterRole Role, DateOnly From, DateOnly? To, string GrantedBy, bool Waits) : IMunicipalityEvent;

/// <summary>Another person confirmed a coordinator's right.</summary>
[StoredAs("municipality.right-confirmed", StaysInside = true)]
public sealed record RightConfirmed(string Subject, string ConfirmedBy) : IMunicipalityEvent;

/// <summary>A role was taken away.</summary>
[StoredAs("municipality.right-ended", StaysInside = true)]
public sealed record RightEnded(string Subject, RegisterRole Role) : IMunicipalityEvent;

/// <summary>A role that a person has for the register, or would have.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Role">Which role.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; none when null.</param>
/// <param name="GrantedBy">By whom, <c>role/subject</c>.</param>
/// <param name="ConfirmedBy">Who confirmed it, <c>role/subject</c>; null for a role that needs none.</param>
/// <param name="Waits">It is not confirmed yet.</param>
public sealed record Right(
    string Subject, RegisterRole Role, DateOnly From, DateOnly? To, string GrantedBy, string? ConfirmedBy = null,
    bool Waits = false)
{
    internal bool Covers(DateOnly day) => !Waits && From <= day && (To is null || day <= To);

    internal bool IsOf(string subject, RegisterRole role) => Subject == subject && Role == role;
}

/// <summary>Who may what for a register's data, as the register itself says.</summary>
public static class Rights
{
    /// <summary>
    /// True when a role is held for the register: it is granted today, or the register keeps no rights, so that tokens
    /// alone say it.
    /// </summary>
    /// <param name="municipality">The register.</param>
    /// <param name="subject">Who.</param>
    /// <param name="role">In which role; those that no register grants are not cut.</param>
    /// <param name="today">The day.</param>
    public static bool Hold(MunicipalityState municipality, string subject, Role role, DateOnly today) =>
        !municipality.KeepsRights || RoleOf(role) is not { } granted
        || municipality.Rights.Any(right => right.IsOf(subject, granted) && right.Covers(today));

    /// <summary>True when a person coordinates the register on a day and no last day is set.</summary>
    public static bool HasCoordinator(IEnumerable<Right> rights, DateOnly day) => rights.Any(
        right => right.Role is RegisterRole.Coordinator && right.Covers(day) && right.To is null);

    internal static Decision Grant(MunicipalityState municipality, GrantRight command, Moment moment)
    {
        var refused = Require.Subject(command.Subject, "subject") ?? Require.Member(command.Role, "role")
            ?? Require.Planned(command.From, moment, "from")
            ?? (command.To is { } to ? Require.Period(command.From, to, "to") : null)
            ?? (PersonOf(moment.Actor) == command.Subject
                ? OfSelf("subject", "Another person grants you a right.")
                : null)
            ?? (municipality.KeepsRights ? null : Refuse.Step(
                RightsNotKept, "id", "The register keeps no rights yet: its operator makes the first coordinator."));
        if (refused is not null)
        {
            return refused;
        }
        var waits = command.Role is RegisterRole.Coordinator;
        var asked = new Right(command.Subject, command.Role, command.From, command.To, moment.Actor, null, waits);
        return municipality.Rights.Any(known => Same(known, asked)) ? Decision.Nothing
            : municipality.Rights.Count >= Limits.Rights ? Refuse.Limit("subject", Limits.Rights)
            : Decision.Happened(new RightGranted(
                asked.Subject, asked.Role, asked.From, asked.To, asked.GrantedBy, waits));
    }

    internal static Decision Confirm(MunicipalityState municipality, ConfirmRight command, Moment moment)
    {
        if (municipality.Rights.FirstOrDefault(known => known.Subject == command.Subject && known.Waits)
            is not { } waiting)
        {
            return Refuse.Step(RightUnknown, "subject", "No right of this person waits to be confirmed.");
        }
        var confirmer = PersonOf(moment.Actor);
        return confirmer == waiting.Subject || confirmer == PersonOf(waiting.GrantedBy)
                ? OfSelf("subject", "Another person than who granted the right, and who gets it, confirms it.")
            : !HasCoordinator(Confirmed(municipality, command.Subject, moment.Actor), moment.Today)
                ? LastOne("The register would have no coordinator whose right has no last day.")
            : Decision.Happened(new RightConfirmed(command.Subject, moment.Actor));
    }

    internal static Decision End(MunicipalityState municipality, EndRight command, Moment moment) =>
        !municipality.Rights.Any(known => known.IsOf(command.Subject, command.Role))
            ? Refuse.Step(RightUnknown, "subject", "This role was not granted to this subject.")
        : command.Role is RegisterRole.Coordinator && !HasCoordinator(
            municipality.Rights.Where(known => !known.IsOf(command.Subject, command.Role)), moment.Today)
            ? LastOne("The register would have no coordinator whose right has no last day.")
        : Decision.Happened(new RightEnded(command.Subject, command.Role));

    internal static Decision First(MunicipalityState municipality, GrantFirstRight command, Moment moment) =>
        Require.Subject(command.Subject, "subject") is { } refused ? refused
        : municipality.Rights.Any(right => right.Role is RegisterRole.Coordinator && right.Covers(moment.Today))
            ? Refuse.Step(CoordinatorThere, "id", "The register has a coordinator, who grants all further rights.")
        : Decision.Happened(new RightGranted(
            command.Subject, RegisterRole.Coordinator, moment.Today, null, moment.Actor, Waits: false));

    internal static MunicipalityState Evolve(MunicipalityState municipality, RightGranted happened) =>
        municipality with
        {
            // One that waits stands beside the one that holds until it is confirmed.
            Rights =
            [
                .. municipality.Rights.Where(known =>
                    !known.IsOf(happened.Subject, happened.Role) || (happened.Waits && !known.Waits)),
                new Right(
                    happened.Subject, happened.Role, happened.From, happened.To, happened.GrantedBy, null,
                    happened.Waits),
            ],
            KeepsRights = true,
        };

    internal static MunicipalityState Evolve(MunicipalityState municipality, RightConfirmed happened) =>
        municipality with
        {
            Rights = [.. Confirmed(municipality, happened.Subject, happened.ConfirmedBy)],
        };

    internal static MunicipalityState Evolve(MunicipalityState municipality, RightEnded happened) =>
        municipality with
        {
            Rights = [.. municipality.Rights.Where(known => !known.IsOf(happened.Subject, happened.Role))],
        };

    /// <summary>The rights as they are when the one that waits is confirmed.</summary>
    private static IEnumerable<Right> Confirmed(MunicipalityState municipality, string subject, string by) =>
        municipality.Rights.Any(known => known.Subject == subject && known.Waits)
            ? municipality.Rights
                .Where(known => !known.IsOf(subject, RegisterRole.Coordinator) || known.Waits)
                .Select(known => known.Subject == subject && known.Waits
                    ? known with { Waits = false, ConfirmedBy = by }
                    : known)
            : municipality.Rights;

    private static bool Same(Right known, Right asked) =>
        known with { GrantedBy = "", ConfirmedBy = null, Waits = false }
            == asked with { GrantedBy = "", ConfirmedBy = null, Waits = false };

    private static RegisterRole? RoleOf(Role role) => role switch
    {
        Role.SocialWorker => RegisterRole.SocialWorker,
        Role.Counsellor => RegisterRole.Counsellor,
        Role.Coordinator => RegisterRole.Coordinator,
        Role.Integration => RegisterRole.Integration,
        Role.DataProtection => RegisterRole.DataProtection,
        _ => null,
    };

    private static Rejection OfSelf(string field, string message) => Refuse.Step(RightOfSelf, field, message);

    private static Rejection LastOne(string message) => Refuse.Step(LastCoordinator, "subject", message);

    /// <summary>One person may hold two roles.</summary>
    private static string PersonOf(string actor) => actor[(actor.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
