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
public sealed class StaffCalls : IGrainCalls
{
    private readonly IGrainCalls _calls;
    private readonly RegisterStaff _staff;
    private readonly OpeningCap _openings;
    private readonly CancellationToken _over;

    /// <param name="calls">Who makes the call.</param>
    /// <param name="caseloads">Each municipality's own state, from the log.</param>
    /// <param name="services">The clock.</param>
    /// <param name="staff">Where callers stand.</param>
    public StaffCalls(IGrainCalls calls, Caseloads caseloads, GrainServices services, RegisterStaff staff)
        : this(calls, staff, new OpeningCap(calls, caseloads, services), CancellationToken.None)
    {
    }

    private StaffCalls(IGrainCalls calls, RegisterStaff staff, OpeningCap openings, CancellationToken over) =>
        (_calls, _staff, _openings, _over) = (calls, staff, openings, over);

    public IGrainCalls Until(CancellationToken over) => new StaffCalls(_calls.Until(over), _staff, _openings, over);

    public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        if (grain.Kind != GrainKind.Client)
        {
            return await _calls.Execute(grain, command, envelope);
        }
        var placed = envelope with { Caller = _staff.Placed(envelope.Caller) };
        var reply = command is OpenAccess opening
            && AccessPolicy.MaySend(placed.Caller.Role, grain.Kind, command)
            ? await _openings.Open(grain, opening, placed, _over)
            : await _calls.Execute(grain, command, placed);
        return reply.Kind is ReplyKind.Forbidden && IsUnplaced(envelope.Caller)
            ? throw RegisterStaff.NotCurrent()
            : reply;
    }

    public async ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class
    {
        if (grain.Kind != GrainKind.Client)
        {
            return await _calls.Read<TState>(grain, request);
        }
        var reply = await _calls.Read<TState>(grain, request with { Caller = _staff.Placed(request.Caller) });
        return reply.Result is ReadResult.Forbidden && IsUnplaced(request.Caller)
            ? throw RegisterStaff.NotCurrent()
            : reply;
    }

    private bool IsUnplaced(Caller caller) => AccessPolicy.NeedsRelationship(caller.Role) && !_staff.IsCurrent;
}
