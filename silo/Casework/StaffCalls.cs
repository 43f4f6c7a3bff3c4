using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Says of a caller, on the way to a client, who that is among the staff of the registers, so that the client's grain
/// asks no other.
/// </summary>
/// <param name="calls">Who makes the call.</param>
/// <param name="caseloads">Each municipality's own state, from the log.</param>
/// <param name="services">The clock.</param>
/// <param name="staff">Where callers stand.</param>
public sealed class StaffCalls(
    IGrainCalls calls, Caseloads caseloads, GrainServices services, RegisterStaff staff)
    : IGrainCalls, IDisposable
{
    private readonly OpeningCap _openings = new(calls, caseloads, services);

    public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        if (grain.Kind != GrainKind.Client)
        {
            return await calls.Execute(grain, command, envelope);
        }
        var placed = envelope with { Caller = Placed(envelope.Caller) };
        var reply = command is OpenAccess opening
            && AccessPolicy.MaySend(placed.Caller.Role, grain.Kind, command)
            ? await _openings.Open(grain, opening, placed)
            : await calls.Execute(grain, command, placed);
        return reply.Kind is ReplyKind.Forbidden && IsUnplaced(envelope.Caller)
            ? throw RegisterStaff.NotCurrent()
            : reply;
    }

    public async ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class
    {
        if (grain.Kind != GrainKind.Client)
        {
            return await calls.Read<TState>(grain, request);
        }
        var reply = await calls.Read<TState>(grain, request with { Caller = Placed(request.Caller) });
        return reply.Result is ReadResult.Forbidden && IsUnplaced(request.Caller)
            ? throw RegisterStaff.NotCurrent()
            : reply;
    }

    public void Dispose() => _openings.Dispose();

    private bool IsUnplaced(Caller caller) => AccessPolicy.NeedsRelationship(caller.Role) && !staff.IsCurrent;

    /// <summary>
    /// What came with the request is not believed. Who was removed from a register's staff holds nothing there any
    /// more, however long the token lives: also an opening is for staff alone.
    /// </summary>
    private Caller Placed(Caller caller)
    {
        if (!AccessPolicy.NeedsRelationship(caller.Role))
        {
            return caller.Standings is null ? caller : caller with { Standings = null };
        }
        var registers = caller.Reach.Municipalities;
        Standing[] standings =
            [.. registers.Select(register => staff.StandingOf(caller, register)).OfType<Standing>()];
        return caller with
        {
            Standings = standings,
            Reach = standings.Length == registers.Count ? caller.Reach
                : Reach.Of(registers.Where(register => !staff.IsStranger(caller, register))),
        };
    }
}
