namespace OsstOrleans.Grains.Municipality;

/// <summary>
/// Leaves of a worker's duties and teams what a later registration had left, where an earlier database has more. A
/// worker who signs in as another person by then is entered anew.
/// </summary>
public sealed record NarrowStaffMember(
    string WorkerId, string? SignsInAs = null, bool HandlesIntake = false, bool KeepsDoor = false)
    : IMunicipalityCommand, ICarriedOut
{
    /// <summary>The teams that were left.</summary>
    public IReadOnlyList<string> TeamIds { get; init => field = value ?? []; } = [];
}

/// <summary>Leaves of a substitution what lies within these days, where an earlier database has more.</summary>
public sealed record ShortenSubstitution(string WorkerId, string SubstituteId, DateOnly From, DateOnly To)
    : IMunicipalityCommand, ICarriedOut;

/// <summary>What a register had left of its staff's duties, said to a database of an earlier day.</summary>
internal static class StaffLeft
{
    internal static Decision Narrow(MunicipalityState municipality, NarrowStaffMember command) =>
        StaffMembers.Find(municipality, command.WorkerId) is not { } known
            ? municipality.KeepsStaff
                ? StaffMembers.Unknown("workerId")
                : Decision.Happened(new StaffMemberRemoved(command.WorkerId))
        : known.SignsInAs != command.SignsInAs ? Decision.Happened(new StaffMemberRemoved(command.WorkerId))
        : (known.HandlesIntake && !command.HandlesIntake) || (known.KeepsDoor && !command.KeepsDoor)
            || known.TeamIds.Except(command.TeamIds).Any()
            ? Decision.Happened(new StaffMemberRegistered(
                known.WorkerId, known.SignsInAs, known.HandlesIntake && command.HandlesIntake,
                known.KeepsDoor && command.KeepsDoor)
            {
                TeamIds = [.. known.TeamIds.Intersect(command.TeamIds)],
            })
        : Decision.Nothing;

    internal static Decision Shorten(MunicipalityState municipality, ShortenSubstitution command)
    {
        if (municipality.Substitutions.FirstOrDefault(one => one.IsOf(command.WorkerId, command.SubstituteId))
            is not { } known)
        {
            return Decision.Nothing;
        }
        var from = known.From > command.From ? known.From : command.From;
        var to = known.To < command.To ? known.To : command.To;
        return (from, to) == (known.From, known.To) ? Decision.Nothing
            : to < from ? Decision.Happened(new SubstitutionEnded(known.WorkerId, known.SubstituteId))
            : Decision.Happened(new SubstituteAppointed(known.WorkerId, known.SubstituteId, from, to));
    }
}
