using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Municipality;

/// <summary>The roles that a register grants; others are no register's.</summary>
public enum RegisterRole
{
    /// <summary>Sosiaalityöntekijä.</summary>
    SocialWorker = 1,

    /// <summary>Sosiaaliohjaaja, drop-in staff.</summary>
    Counsellor = 2,

    /// <summary>Koordinoiva sosiaalityöntekijä. Two people grant it, and end it for good.</summary>
    Coordinator = 3,

    /// <summary>Another system, by its client id.</summary>
    Integration = 5,

    /// <summary>Tietosuojavastaava: reads the logs about clients, and no client. Two people grant it, and end it.
    /// </summary>
    DataProtection = 7,

    /// <summary>The register's own client record system, by its client id.</summary>
    RecordSystem = 8,
}

/// <summary>
/// Grants a person, or a system, a role for the register's data (703/2023 9 §). A token holds for the register no more
/// than what is granted to its subject. A second grant of the same role replaces the first. The right of a coordinator,
/// and of an officer for data protection, begins when another person has confirmed it (<c>confirmRight</c>), within 30
/// days; an officer has no other role. For coordinators; never to oneself.
/// </summary>
/// <param name="Subject">Who signs in: the subject that <c>me</c> shows, <c>issuer:claim</c>.</param>
/// <param name="Role">Which role.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; none when null.</param>
public sealed record GrantRight(string Subject, RegisterRole Role, DateOnly From, DateOnly? To = null)
    : IRegisterCommand, IEndsForGood
{
    /// <summary>It may shorten what was granted before; what waits shortens nothing.</summary>
    bool IEndsForGood.IsListed => !Rights.NeedsTwo(Role);

    ICommand IEndsForGood.Again => new ShortenRight(Subject, Role, From, To);

    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(RightGranted), typeof(RightShortened), typeof(RightsKept)];
}

/// <summary>
/// Confirms that a person becomes coordinator or officer for data protection, or for how long: the very terms that it
/// names. By another person than who granted it and who gets it: a coordinator, or an operator.
/// </summary>
/// <param name="Subject">Who gets it.</param>
/// <param name="Role">Which role.</param>
/// <param name="From">The first day, as it was granted.</param>
/// <param name="To">The last day, as it was granted; none when null.</param>
public sealed record ConfirmRight(string Subject, RegisterRole Role, DateOnly From, DateOnly? To = null)
    : IRegisterCommand, IEndsForGood
{
    ICommand IEndsForGood.Again => new ShortenRight(Subject, Role, From, To);

    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(RightConfirmed), typeof(RightShortened), typeof(RightsKept)];
}

/// <summary>
/// Takes a role away at once; one that waits to be confirmed, too. A coordinator's right rests at once, and that of an
/// officer for data protection goes on, until another person decides (<c>decideRightEnd</c>). The last coordinator's
/// stays. An integration that holds for all registers is kept out of this one.
/// </summary>
/// <param name="Subject">Whose it is.</param>
/// <param name="Role">Which role.</param>
public sealed record EndRight(string Subject, RegisterRole Role) : IRegisterCommand, IEndsForGood
{
    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(RightEnded), typeof(RightEndAsked), typeof(RightsKept)];
}

/// <summary>
/// Ends for good a right of a coordinator or an officer for data protection whose end was asked, or lets it go on. By
/// another person than who asked and whose right it is: a coordinator, or an operator.
/// </summary>
/// <param name="Subject">Whose it is.</param>
/// <param name="Role">Which role.</param>
/// <param name="Ends">It ends; else it goes on.</param>
public sealed record DecideRightEnd(string Subject, RegisterRole Role, bool Ends) : IRegisterCommand, IEndsForGood
{
    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(RightEnded), typeof(RightKept), typeof(RightsKept)];
}

/// <summary>
/// Makes the first coordinator of a register that has none, or another one in the place of the only one. No caller can:
/// the operator of the installation does, beside the database.
/// </summary>
/// <param name="Subject">Who becomes it.</param>
/// <param name="Replaced">The only coordinator, whose right ends; null where there is none.</param>
public sealed record GrantFirstRight(string Subject, string? Replaced = null)
    : IRegisterCommand, ICarriedOut, IEndsForGood
{
    ICommand IEndsForGood.Again => new KeepRights(Replaced);

    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(RightGranted), typeof(RightEnded), typeof(RightsKept)];
}

/// <summary>
/// Says that the register grants rights itself, where an earlier database has lost it: none holds until it is granted.
/// </summary>
/// <param name="Ended">The coordinator who was replaced; null for none.</param>
public sealed record KeepRights(string? Ended = null) : IMunicipalityCommand, ICarriedOut;

/// <summary>Leaves of a right what lies within these days, where an earlier database has more.</summary>
public sealed record ShortenRight(string Subject, RegisterRole Role, DateOnly From, DateOnly? To = null)
    : IMunicipalityCommand, ICarriedOut;

/// <summary>A role was granted for the register.</summary>
/// <param name="Subject">To whom.</param>
/// <param name="Role">Which.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; none when null.</param>
/// <param name="GrantedBy">By whom, <c>role/subject</c>.</param>
/// <param name="Waits">It begins when another person has confirmed it.</param>
[StoredAs("municipality.right-granted", StaysInside = true)]
public sealed record RightGranted(
    string Subject, RegisterRole Role, DateOnly From, DateOnly? To, string GrantedBy, bool Waits) : IMunicipalityEvent
{
    /// <summary>The day on which it was recorded; an earlier version said none.</summary>
    public DateOnly? GrantedOn { get; init; }
}

/// <summary>Another person confirmed a right.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="ConfirmedBy">By whom, <c>role/subject</c>.</param>
/// <param name="Role">Which; a coordinator's where an earlier version said none.</param>
[StoredAs("municipality.right-confirmed", StaysInside = true)]
public sealed record RightConfirmed(string Subject, string ConfirmedBy, RegisterRole Role = RegisterRole.Coordinator)
    : IMunicipalityEvent;

/// <summary>A role was taken away.</summary>
[StoredAs("municipality.right-ended", StaysInside = true)]
public sealed record RightEnded(string Subject, RegisterRole Role) : IMunicipalityEvent;

/// <summary>It was asked that a right ends for which two people decide it.</summary>
[StoredAs("municipality.right-end-asked", StaysInside = true)]
public sealed record RightEndAsked(string Subject, RegisterRole Role, string AskedBy) : IMunicipalityEvent;

/// <summary>A right whose end was asked goes on.</summary>
[StoredAs("municipality.right-kept", StaysInside = true)]
public sealed record RightKept(string Subject, RegisterRole Role, string KeptBy) : IMunicipalityEvent;

/// <summary>A right got other days, fewer ones.</summary>
[StoredAs("municipality.right-shortened", StaysInside = true)]
public sealed record RightShortened(string Subject, RegisterRole Role, DateOnly From, DateOnly? To)
    : IMunicipalityEvent;

/// <summary>The register grants rights itself, also while none is granted.</summary>
[StoredAs("municipality.rights-kept", StaysInside = true)]
public sealed record RightsKept : IMunicipalityEvent;

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
    /// <summary>The day on which it was granted; a state of an earlier version does not say.</summary>
    public DateOnly? GrantedOn { get; init; }

    /// <summary>Who asked that it ends, <c>role/subject</c>; null unless another person has to decide it.</summary>
    public string? EndAskedBy { get; init; }

    /// <summary>A coordinator's right rests while its end waits for a second person. An officer's goes on: those whom
    /// the officer oversees do not end the view alone.</summary>
    internal bool Rests => EndAskedBy is not null && Role is RegisterRole.Coordinator;

    internal bool Covers(DateOnly day) => !Waits && !Rests && From <= day && (To is null || day <= To);

    internal bool IsOf(string subject, RegisterRole role) => Subject == subject && Role == role;
}

/// <summary>A role that is kept out of the register though no right of it was granted there.</summary>
public sealed record KeptOut(string Subject, RegisterRole Role);

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

    /// <summary>
    /// True while a register has granted no rights yet, and a municipality whose clients are in it had: what that one
    /// had ended would hold again. Until the first coordinator is made, what a register grants holds for none.
    /// </summary>
    /// <param name="register">The register; null when there is none yet.</param>
    /// <param name="municipalities">Its municipalities; null for those that are not registered.</param>
    public static bool AreAwaited(MunicipalityState? register, IEnumerable<MunicipalityState?> municipalities) =>
        register is not { KeepsRights: true }
        && municipalities.Any(municipality => municipality is { KeepsRights: true });

    /// <summary>True for a role that registers grant.</summary>
    public static bool IsGranted(Role role) => RoleOf(role) is not null;

    /// <summary>
    /// True when a register keeps an integration out that holds for all registers: it ended it, or granted it for other
    /// days.
    /// </summary>
    /// <param name="municipality">The register.</param>
    /// <param name="subject">Which system.</param>
    /// <param name="today">The day.</param>
    public static bool KeepOut(MunicipalityState municipality, string subject, DateOnly today) =>
        municipality.KeptOut.Contains(new KeptOut(subject, RegisterRole.Integration))
        || (municipality.Rights.Any(right => right.IsOf(subject, RegisterRole.Integration))
            && !Hold(municipality, subject, Role.Integration, today));

    /// <summary>True when a person coordinates the register on a day and no last day is set.</summary>
    public static bool HasCoordinator(IEnumerable<Right> rights, DateOnly day) => rights.Any(
        right => right.Role is RegisterRole.Coordinator && right.Covers(day) && right.To is null);

    /// <summary>The only person who coordinates a register on a day; null for none, and for several.</summary>
    public static string? OnlyCoordinator(MunicipalityState municipality, DateOnly day) =>
        municipality.Rights.Where(right => right.Role is RegisterRole.Coordinator && right.Covers(day)).ToArray()
            is [var one] ? one.Subject : null;

    /// <summary>True for a role that one person alone neither grants nor ends for good.</summary>
    internal static bool NeedsTwo(RegisterRole role) => role is RegisterRole.Coordinator or RegisterRole.DataProtection;

    /// <summary>
    /// True when who sends a command holds the role for the register as the register itself knows it now. What another
    /// process has read may be a second older, and an ended coordinator would use it.
    /// </summary>
    internal static bool LetSend(MunicipalityState municipality, IMunicipalityCommand command, Moment moment)
    {
        if (!municipality.KeepsRights || moment.RightsAreElsewhere || moment.EndsAgain || command is ICarriedOut)
        {
            return true;
        }
        var (name, subject) = Actors.Of(moment.Actor);
        return !RoleNames.TryParse(name, out var role)
            // One that is held for all registers is granted by none of them.
            || (role is Role.Integration
                ? !KeepOut(municipality, subject, moment.Today)
                : Hold(municipality, subject, role, moment.Today));
    }

    private static RegisterRole? RoleOf(Role role) => role switch
    {
        Role.SocialWorker => RegisterRole.SocialWorker,
        Role.Counsellor => RegisterRole.Counsellor,
        Role.Coordinator => RegisterRole.Coordinator,
        Role.Integration => RegisterRole.Integration,
        Role.DataProtection => RegisterRole.DataProtection,
        Role.RecordSystem => RegisterRole.RecordSystem,
        _ => null,
    };
}
