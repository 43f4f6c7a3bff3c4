using OsstOrleans.Grains;
using OsstOrleans.Proof.Tests.Checks;
using OsstOrleans.Proof.Tests.Schedules;
using OsstOrleans.Proof.Tests.Simulated;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Proof.Tests.Cluster;

/// <summary>A command as a caller saw it: sent at a step, answered at a later one, whatever came between.</summary>
internal sealed record Command(GrainName Grain, ICommand What, Envelope Envelope, int Began)
{
    /// <summary>When the answer came; never for one that the schedule ended before.</summary>
    public int Ended { get; set; } = int.MaxValue;

    public CommandReply? Reply { get; set; }
}

/// <summary>A read that was answered.</summary>
/// <param name="State">What it showed; null for nothing.</param>
internal sealed record Read(GrainName Grain, Caller Caller, int Began, int Ended, long Version, object? State);

/// <summary>A line of an import as its sender saw it.</summary>
internal sealed record Line(IReadOnlyList<(GrainName Grain, Guid Id)> Sent, LineResult Result);

/// <summary>What callers saw, and what can be judged only at the moment it happens.</summary>
internal sealed class History(Schedule schedule, MemoryStore? store)
{
    /// <summary>Every command that was sent, also by the platform's own processes.</summary>
    public Dictionary<(GrainName, Guid), List<(ICommand Command, Envelope Envelope)>> Sent { get; } = [];

    /// <summary>
    /// Commands of which a try was not answered in time, and may still be under way: what a later try is told speaks of
    /// that later one.
    /// </summary>
    public HashSet<(GrainName, Guid)> InDoubt { get; } = [];

    public List<Command> Commands { get; } = [];

    public List<Read> Reads { get; } = [];

    public List<Line> Lines { get; } = [];

    /// <summary>Positions that a receiver got, in their order.</summary>
    public List<long> Delivered { get; } = [];

    /// <summary>What was wrong when it happened.</summary>
    public List<string> Wrong { get; } = [];

    public void Asked(GrainName grain, ICommand command, Envelope envelope)
    {
        if (!Sent.TryGetValue((grain, envelope.CommandId), out var sent))
        {
            Sent[(grain, envelope.CommandId)] = sent = [];
        }
        if (!sent.Contains((command, envelope)))
        {
            sent.Add((command, envelope));
        }
    }

    /// <summary>A read was answered: of a client, its line of the use log is durable by now.</summary>
    public void Read<TState>(GrainName grain, ReadRequest request, int began, ReadReply<TState> reply)
        where TState : class
    {
        Reads.Add(new Read(grain, request.Caller, began, schedule.Steps, reply.Version, reply.State));
        if (store is not null && grain.Kind == GrainKind.Client && reply.Result == ReadResult.Found
            && !store.Accesses.Any(line => line.Client == grain && line.Actor == request.Caller.Actor
                && line.Purpose == request.Caller.Purpose))
        {
            Wrong.Add(Breach.Of(Rule.LineBeforeAnswer, $"{grain} was shown before its line was in the use log"));
        }
    }

    /// <summary>An event reached the receiver: of a client, its line of the disclosure log is durable by now.</summary>
    public void Got(GrainName grain, long position)
    {
        Delivered.Add(position);
        if (store is not null && grain.Kind == GrainKind.Client
            && !store.Disclosures.Any(line => line.Client == grain && line.Position == position))
        {
            Wrong.Add(Breach.Of(
                Rule.LineBeforeDelivery, $"{grain} was told of before its line was in the disclosure log"));
        }
    }
}
