using OsstOrleans.Grains.Calls;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>
/// Says who a worker of the register is: by which sign-in, in which teams. It follows from this which clients the
/// person may read (703/2023 9 §). A second registration replaces the first.
/// </summary>
/// <param name="WorkerId">The worker's identifier, never a name.</param>
/// <param name="SignsInAs">
/// Who the person is when signed in: the subject that <c>me</c> shows, <c>issuer:claim</c>. Without one the person is
/// who signs in under the worker's identifier itself; only development tokens can.
/// </param>
/// <param name="HandlesIntake">
/// The worker takes in what arrives: records referrals and requests for a discussion of any client of the register, and
/// reads clients whom no worker has yet.
/// </param>
/// <param name="KeepsDoor">
/// The worker keeps a drop-in centre's door: records consents and visits of any client of the register, and reads none.
/// </param>
public sealed record RegisterStaffMember(
    string WorkerId, string? SignsInAs = null, bool HandlesIntake = false, bool KeepsDoor = false)
    : IRegisterCommand, IEndsForGood
{
    /// <summary>The teams, by identifiers of the register: colleagues of a team read each other's clients.</summary>
    public IReadOnlyList<string> TeamIds { get; init => field = value ?? []; } = [];

    /// <summary>A later registration may take duties and teams away, or the sign-in.</summary>
    ICommand IEndsForGood.Again => new NarrowStaffMember(WorkerId, SignsInAs, HandlesIntake, KeepsDoor)
    {
        TeamIds = TeamIds,
    };

    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(StaffMemberRegistered), typeof(StaffMemberRemoved)];
}

/// <summary>The worker belongs to the register's staff no more. Substitutions of and by the worker end.</summary>
/// <param name="WorkerId">A worker of the register's staff.</param>
public sealed record RemoveStaffMember(string WorkerId) : IRegisterCommand, IEndsForGood
{
    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(StaffMemberRemoved)];
}

/// <summary>
/// Lets a worker stand in for another one, for some days (<em>sijainen</em>). A second appointment of the same two
/// replaces the first.
/// </summary>
/// <param name="WorkerId">The worker who is away.</param>
/// <param name="SubstituteId">Who stands in: a worker of the register's staff.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, at most a year after the first.</param>
public sealed record AppointSubstitute(string WorkerId, string SubstituteId, DateOnly From, DateOnly To)
    : IRegisterCommand, IEndsForGood
{
    ICommand IEndsForGood.Again => new ShortenSubstitution(WorkerId, SubstituteId, From, To);

    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(SubstituteAppointed), typeof(SubstitutionEnded)];
}

/// <summary>Ends a substitution at once.</summary>
/// <param name="WorkerId">The worker who was away.</param>
/// <param name="SubstituteId">Who stood in.</param>
public sealed record EndSubstitution(string WorkerId, string SubstituteId) : IRegisterCommand, IEndsForGood
{
    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(SubstitutionEnded)];
}

/// <summary>A worker belongs to the register's staff.</summary>
[StoredAs("municipality.staff-member-registered")]
public sealed record StaffMemberRegistered(
    string WorkerId, string? SignsInAs, bool HandlesIntake, bool KeepsDoor = false) : IMunicipalityEvent
{
    /// <summary>The teams.</summary>
    public IReadOnlyList<string> TeamIds { get; init => field = value ?? []; } = [];
}

/// <summary>A worker belongs to the register's staff no more.</summary>
[StoredAs("municipality.staff-member-removed")]
public sealed record StaffMemberRemoved(string WorkerId) : IMunicipalityEvent;

/// <summary>A worker stands in for another one.</summary>
[StoredAs("municipality.substitute-appointed")]
public sealed record SubstituteAppointed(string WorkerId, string SubstituteId, DateOnly From, DateOnly To)
    : IMunicipalityEvent;

/// <summary>A substitution ended.</summary>
[StoredAs("municipality.substitution-ended")]
public sealed record SubstitutionEnded(string WorkerId, string SubstituteId) : IMunicipalityEvent;

/// <summary>A worker of the register's staff.</summary>
public sealed record StaffMember(
    string WorkerId, string? SignsInAs, bool HandlesIntake, IReadOnlyList<string> TeamIds, bool KeepsDoor = false)
{
    internal bool Is(string subject) => (SignsInAs ?? WorkerId) == subject;

    internal bool SharesTeamWith(StaffMember other) => other != this && TeamIds.Intersect(other.TeamIds).Any();
}

/// <summary>Who stands in for whom, from one day to another, both included.</summary>
public sealed record Substitution(string WorkerId, string SubstituteId, DateOnly From, DateOnly To)
{
    internal bool Covers(DateOnly day) => From <= day && day <= To;

    internal bool IsOf(string worker, string substitute) => (WorkerId, SubstituteId) == (worker, substitute);
}

/// <summary>The register's staff, and where a caller stands in it.</summary>
public static class StaffMembers
{
    /// <summary>
    /// Where a person stands among the staff today; null for one who is none of it. While a register keeps no staff,
    /// who signs in under a worker's own identifier is that worker: a provider's people have a colon in their names,
    /// and no worker has.
    /// </summary>
    /// <param name="municipality">Whose staff.</param>
    /// <param name="code">The municipality's code.</param>
    /// <param name="subject">The person, as the token says.</param>
    /// <param name="today">The day.</param>
    public static Standing? StandingOf(MunicipalityState municipality, string code, string subject, DateOnly today)
    {
        if (municipality.Staff.FirstOrDefault(known => known.Is(subject)) is not { } member)
        {
            return !municipality.KeepsStaff && Require.Id(subject, "") is null ? new Standing(code, subject) : null;
        }
        string[] substituted =
        [
            .. municipality.Substitutions
                .Where(known => known.SubstituteId == member.WorkerId && known.Covers(today))
                .Select(known => known.WorkerId),
        ];
        // Who stands in for a worker has that worker's duties, too.
        StaffMember[] actsAs = [member, .. municipality.Staff.Where(known => substituted.Contains(known.WorkerId))];
        return new Standing(code, member.WorkerId)
        {
            Team = [.. municipality.Staff.Where(member.SharesTeamWith).Select(known => known.WorkerId)],
            Substituted = substituted,
            HandlesIntake = actsAs.Any(known => known.HandlesIntake),
            KeepsDoor = actsAs.Any(known => known.KeepsDoor),
        };
    }

    /// <summary>
    /// Why a worker cannot be named on a client of the register; null when the worker belongs to its staff, or while
    /// the register keeps none.
    /// </summary>
    /// <param name="municipality">Whose staff.</param>
    /// <param name="workerId">The worker.</param>
    /// <param name="field">The input field that names the worker.</param>
    public static Rejection? Refusal(MunicipalityState municipality, string workerId, string field) =>
        municipality.KeepsStaff && Find(municipality, workerId) is null ? Unknown(field) : null;

    internal static Decision Register(MunicipalityState municipality, RegisterStaffMember command)
    {
        var refused = Require.Id(command.WorkerId, "workerId")
            ?? (command.SignsInAs is null ? null : Require.Subject(command.SignsInAs, "signsInAs"))
            ?? Require.Each(command.TeamIds, "teamIds", Require.Id)
            ?? Require.Distinct(command.TeamIds, team => team, "teamIds");
        if (refused is not null)
        {
            return refused;
        }
        var member = new StaffMember(
            command.WorkerId, command.SignsInAs, command.HandlesIntake,
            [.. command.TeamIds.Order(StringComparer.Ordinal)], command.KeepsDoor);
        var others = municipality.Staff.Where(known => known.WorkerId != member.WorkerId).ToArray();
        return Same(Find(municipality, member.WorkerId), member) ? Decision.Nothing
            : others.Any(known => known.Is(member.SignsInAs ?? member.WorkerId))
                ? Refuse.Step(SignInTaken, "signsInAs", "Another worker of the register signs in as this person.")
            : others.Length >= Limits.SocialWorkers ? Refuse.Limit("workerId", Limits.SocialWorkers)
            : others.Count(member.SharesTeamWith) >= Limits.Colleagues
                ? Refuse.Limit("teamIds", Limits.Colleagues)
            : Decision.Happened(new StaffMemberRegistered(
                member.WorkerId, member.SignsInAs, member.HandlesIntake, member.KeepsDoor)
            {
                TeamIds = member.TeamIds,
            });
    }

    /// <summary>Where an earlier database knows no staff, a removal says that the register kept it.</summary>
    internal static Decision Remove(MunicipalityState municipality, RemoveStaffMember command, Moment moment) =>
        Find(municipality, command.WorkerId) is null && (municipality.KeepsStaff || !moment.EndsAgain)
            ? Unknown("workerId")
        : Decision.Happened(new StaffMemberRemoved(command.WorkerId));

    internal static Decision Appoint(MunicipalityState municipality, AppointSubstitute command, Moment moment)
    {
        var refused = Require.Id(command.WorkerId, "workerId")
            ?? Require.Id(command.SubstituteId, "substituteId")
            ?? (command.WorkerId == command.SubstituteId
                ? Refuse.Field(SubstituteOfSelf, "substituteId", "Nobody stands in for themselves.")
                : null)
            ?? Require.Planned(command.From, moment, "from")
            ?? Require.Period(command.From, command.To, "to")
            ?? (command.To > command.From.AddYears(1)
                ? Refuse.Field(OutOfRange, "to", "A substitution ends at most a year after it begins.")
                : null);
        var asked = new Substitution(command.WorkerId, command.SubstituteId, command.From, command.To);
        return refused is not null ? refused
            : municipality.Substitutions.Contains(asked) ? Decision.Nothing
            : Find(municipality, command.SubstituteId) is null ? Unknown("substituteId")
            : municipality.Substitutions.Count(known => known.SubstituteId == command.SubstituteId
                && known.To >= moment.OccurredOn) >= Limits.Colleagues
                ? Refuse.Limit("substituteId", Limits.Colleagues)
            : Decision.Happened(new SubstituteAppointed(
                command.WorkerId, command.SubstituteId, command.From, command.To));
    }

    internal static Decision End(MunicipalityState municipality, EndSubstitution command) =>
        municipality.Substitutions.Any(known => known.IsOf(command.WorkerId, command.SubstituteId))
            ? Decision.Happened(new SubstitutionEnded(command.WorkerId, command.SubstituteId))
            : Decision.Nothing;

    internal static MunicipalityState Evolve(MunicipalityState municipality, StaffMemberRegistered happened) =>
        municipality with
        {
            Staff =
            [
                .. municipality.Staff.Where(known => known.WorkerId != happened.WorkerId),
                new StaffMember(
                    happened.WorkerId, happened.SignsInAs, happened.HandlesIntake, happened.TeamIds,
                    happened.KeepsDoor),
            ],
            KeepsStaff = true,
        };

    internal static MunicipalityState Evolve(MunicipalityState municipality, StaffMemberRemoved happened) =>
        municipality with
        {
            Staff = [.. municipality.Staff.Where(known => known.WorkerId != happened.WorkerId)],
            KeepsStaff = true,
            Substitutions =
            [
                .. municipality.Substitutions.Where(known =>
                    known.WorkerId != happened.WorkerId && known.SubstituteId != happened.WorkerId),
            ],
        };

    /// <summary>Those that were over before this one was recorded are in the history.</summary>
    internal static MunicipalityState Evolve(
        MunicipalityState municipality, SubstituteAppointed happened, DateOnly on) => municipality with
        {
            Substitutions =
            [
                .. municipality.Substitutions.Where(known =>
                    known.To >= on && !known.IsOf(happened.WorkerId, happened.SubstituteId)),
                new Substitution(happened.WorkerId, happened.SubstituteId, happened.From, happened.To),
            ],
        };

    internal static MunicipalityState Evolve(MunicipalityState municipality, SubstitutionEnded happened) =>
        municipality with
        {
            Substitutions =
            [
                .. municipality.Substitutions.Where(known => !known.IsOf(happened.WorkerId, happened.SubstituteId)),
            ],
        };

    internal static StaffMember? Find(MunicipalityState municipality, string workerId) =>
        municipality.Staff.FirstOrDefault(known => known.WorkerId == workerId);

    private static bool Same(StaffMember? known, StaffMember asked) => known is not null
        && known with { TeamIds = [] } == asked with { TeamIds = [] } && known.TeamIds.SequenceEqual(asked.TeamIds);

    internal static Rejection Unknown(string field) =>
        Refuse.Step(
            WorkerUnknown, field,
            "No such worker belongs to the register's staff; registerStaffMember enters a worker.");
}
