using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Casework;

/// <summary>The caller is none of the register's staff, so that no client there is the caller's matter.</summary>
public sealed class NotInStaff() : Exception(
    "The register's staff does not know you. Its coordinator enters you with registerStaffMember: signsInAs is the "
    + "subject that the query me shows.");

/// <summary>
/// Where callers stand among the staff of the registers, as the log says that this process has read. What may be older
/// than <see cref="MostAge"/> says nothing: who was removed since would go on reading.
/// </summary>
/// <param name="caseloads">Each municipality's own state, from the log.</param>
/// <param name="services">The clock.</param>
/// <param name="age">How old what was read of the log is at most.</param>
public sealed class RegisterStaff(Caseloads caseloads, GrainServices services, Func<TimeSpan> age)
{
    /// <summary>How old a standing may be.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromSeconds(30);

    /// <summary>True while standings are known.</summary>
    public bool IsCurrent => age() <= MostAge;

    /// <summary>
    /// Where a caller stands in the register that a municipality's clients are in; null where nothing says.
    /// </summary>
    public Standing? StandingOf(Caller caller, string municipality)
    {
        var register = services.RegisterOf(municipality);
        return !caller.HoldsFor(register) || !IsCurrent ? null : StaffMembers.StandingOf(
            caseloads.MunicipalityOf(register) ?? MunicipalityDecider.Initial, register, caller.Subject,
            services.Clock().Today);
    }

    /// <summary>
    /// The caller on the way to a client, with where the caller stands in each register. What came with the request is
    /// not believed. Who was removed from a register's staff holds nothing there any more, however long the token
    /// lives: also an opening is for staff alone.
    /// </summary>
    public Caller Placed(Caller caller)
    {
        if (!AccessPolicy.NeedsRelationship(caller.Role))
        {
            return caller.Standings is null ? caller : caller with { Standings = null };
        }
        var held = caller.Reach.Municipalities;
        string[] registers = [.. held.Select(services.RegisterOf).Distinct()];
        Standing[] standings =
            [.. registers.Select(register => StandingOf(caller, register)).OfType<Standing>()];
        string[] strange = standings.Length == registers.Length ? []
            : [.. registers.Where(register => IsStranger(caller, register))];
        return caller with
        {
            Standings = standings,
            Reach = strange.Length == 0 ? caller.Reach
                : Reach.Of(held.Where(code => !strange.Contains(services.RegisterOf(code)))),
        };
    }

    /// <summary>True when it is known that a register keeps its staff and the caller is none of it.</summary>
    private bool IsStranger(Caller caller, string register) => IsCurrent
        && caseloads.MunicipalityOf(register) is { KeepsStaff: true } && StandingOf(caller, register) is null;

    /// <summary>
    /// Where a caller stands who lists or counts clients of a municipality or register and sees only some of them; null
    /// for one who sees all.
    /// </summary>
    /// <exception cref="NotInStaff">The register does not know the caller.</exception>
    /// <exception cref="LimitReached">Standings are not known at present.</exception>
    public Standing? SightOf(Caller caller, string municipality) => !AccessPolicy.NeedsRelationship(caller.Role) ? null
        : StandingOf(caller, municipality) ?? (IsCurrent ? throw new NotInStaff() : throw NotCurrent());

    /// <summary>By which relationship a caller sees a client on a list of a register.</summary>
    /// <param name="sight">Where the caller stood when the list was made; null for one who sees all.</param>
    /// <param name="entry">The client's line, which that sight takes.</param>
    public static AccessBasis BasisOnList(Standing? sight, CaseloadEntry entry) =>
        sight is null ? AccessBasis.Coordination
        : entry.WorkerId is not { } worker ? AccessBasis.Intake
        : sight.BasisWith(worker, entry.OwnWorker)
            ?? throw new InvalidOperationException("A list shows a client of a worker who is none of the caller's.");

    /// <summary>
    /// Workers who are named on clients with an open matter and do not belong to the register's staff, so that none of
    /// its staff is those clients' worker.
    /// </summary>
    public IReadOnlyList<(string WorkerId, int OpenClients)> Unregistered(string register)
    {
        var staff = caseloads.MunicipalityOf(register)?.Staff ?? [];
        return
        [
            .. from code in services.MunicipalitiesOf(register)
               from named in caseloads.Ask(code, caseload => caseload.Workers().ToArray()) ?? []
               where staff.All(known => known.WorkerId != named.WorkerId)
               group named.OpenClients by named.WorkerId into clients
               orderby clients.Key
               select (clients.Key, clients.Sum()),
        ];
    }

    internal static LimitReached NotCurrent() => LimitCounts.Reached(
        LimitCodes.StaffNotCurrent,
        "It is not known at present who belongs to the staff, so workers read no clients; ask again. An opening "
        + "without a relationship goes on.");
}
