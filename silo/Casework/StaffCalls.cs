using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Says of a caller, on the way to a client, who that is among the staff of the registers: as the log says that this
/// process has read, so that the client's grain asks no other.
/// </summary>
/// <param name="calls">Who makes the call.</param>
/// <param name="caseloads">Each municipality's own state, from the log.</param>
/// <param name="services">The clock.</param>
public sealed class StaffCalls(IGrainCalls calls, Caseloads caseloads, GrainServices services)
    : IGrainCalls, IDisposable
{
    private readonly OpeningCap _openings = new(calls, caseloads, services);

    public ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        var placed = grain.Kind == GrainKind.Client ? envelope with { Caller = Placed(envelope.Caller) } : envelope;
        return command is OpenAccess opening && grain.Kind == GrainKind.Client
            && AccessPolicy.MaySend(placed.Caller.Role, grain.Kind, command)
            ? _openings.Open(grain, opening, placed)
            : calls.Execute(grain, command, placed);
    }

    public ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class => calls.Read<TState>(
            grain, grain.Kind == GrainKind.Client ? request with { Caller = Placed(request.Caller) } : request);

    /// <summary>Where a caller stands in one register; null where nothing says.</summary>
    public Standing? StandingOf(Caller caller, string register) => !caller.HoldsFor(register) ? null
        : StaffMembers.StandingOf(
            caseloads.MunicipalityOf(register) ?? MunicipalityDecider.Initial, register, caller.Subject,
            services.Clock().Today);

    /// <summary>
    /// Where a caller stands who lists clients of a register and sees only some of them; null for one who sees all.
    /// </summary>
    public Standing? SightOf(Caller caller, string register) => !AccessPolicy.NeedsRelationship(caller.Role) ? null
        : StandingOf(caller, register) ?? new Standing(register, WorkerId: "");

    /// <summary>By which relationship a caller sees a client on a list of a register.</summary>
    public static AccessBasis BasisOnList(Standing? sight, string? worker) => sight is null ? AccessBasis.Coordination
        : worker is null ? AccessBasis.Intake
        : sight.BasisWith(worker) ?? AccessBasis.Team;

    public void Dispose() => _openings.Dispose();

    /// <summary>What came with the request is not believed.</summary>
    private Caller Placed(Caller caller)
    {
        var standings = !AccessPolicy.NeedsRelationship(caller.Role) ? null
            : caller.Reach.Municipalities.Select(register => StandingOf(caller, register)).OfType<Standing>().ToArray();
        return standings is null && caller.Standings is null ? caller : caller with { Standings = standings };
    }
}
