using System.Diagnostics;
using Npgsql;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// One connection's groups, one after another. Should it break before the answer, it is unknown whether the group was
/// stored: it is sent again as it is, and the command ids tell the server what it has already.
/// </summary>
/// <param name="connection">Where to.</param>
/// <param name="health">What all lanes know of the server.</param>
/// <param name="figures">Where what was written is counted.</param>
/// <param name="patience">How long a group waits for a server that is away before it is answered with a fault.</param>
/// <param name="committed">Told of the last position of a group.</param>
internal sealed class WriterLane(
    WriterConnection connection, WriterHealth health, StoreFigures figures, TimeSpan patience,
    Action<long> committed) : IAsyncDisposable
{
    private const int MostPauseMs = 500;

    private readonly LogChain _uses = new(LogChain.Uses);
    private volatile WriteGroup? _underWay;

    /// <summary>What is not answered yet; null when nothing is.</summary>
    public WriteGroup? UnderWay => _underWay;

    /// <summary>Where the lane's chain of the use log stands.</summary>
    public IReadOnlyList<ChainHead> LogHeads => _uses.Heads;

    /// <summary>Stores a group, and answers each of its writes.</summary>
    public async Task Store(WriteGroup group)
    {
        _underWay = group;
        await Send(group);
        _underWay = null;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task Send(WriteGroup group)
    {
        if (health.Broken is { } broken)
        {
            Fail(group, broken);
            return;
        }
        group.Accesses.ForEach(access => access.JoinTo(_uses));
        var began = Ticks.Now;
        var watch = Stopwatch.StartNew();
        for (var pauseMs = 10; ; pauseMs = Math.Min(2 * pauseMs, MostPauseMs))
        {
            var wasOpen = connection.IsOpen;
            try
            {
                var sending = Ticks.Now;
                await connection.Write(group);
                figures.Stored([.. group.All], began, sending);
                health.Wrote(group.Barriers.Exists(barrier => barrier.IsTrial));
                _uses.Stand();
                Answer(group);
                return;
            }
            catch (PostgresException fault) when (WriterConnection.IsRace(fault))
            {
                // Another transaction was faster at one of the streams; now this one sees what it did.
            }
            catch (Exception fault) when (IsPassing(fault))
            {
                group.IsRepeated = true;
                await connection.Close();
                if ((health.IsAway && !wasOpen) || watch.Elapsed > patience)
                {
                    // Until it is back, one connection is tried for each group: no caller waits in vain.
                    health.IsAway = true;
                    Fail(group, new StoreFault($"{health.Say(Said(fault))} Ask again with the same command id.", fault)
                    {
                        IsPassing = true,
                    });
                    return;
                }
                await Task.Delay(pauseMs);
            }
            catch (Exception fault)
            {
                await Refuse(group, fault);
                return;
            }
        }
    }

    /// <summary>
    /// A server that fails over, or that somebody works on, may be unfit for a while; nothing is written to it then.
    /// </summary>
    private static bool IsPassing(Exception fault) => fault is StoreRefusal
        || (PostgresServer.IsAway(fault) && !PostgresServer.IsFull(fault));

    private static string Said(Exception fault) => fault switch
    {
        StoreRefusal => fault.Message,
        CommitInDoubt => "The PostgreSQL server could not say that its standby has this.",
        NoConnection => "The PostgreSQL server does not let this process in.",
        _ => "The PostgreSQL server does not answer.",
    };

    /// <summary>
    /// The server refused the group and undid it. If one write was to blame, the others must not suffer for it.
    /// </summary>
    private async Task Refuse(WriteGroup group, Exception fault)
    {
        if (fault is LeaseLost or PostgresException { SqlState: WriterLease.LostState })
        {
            Fail(group, health.Break(
                "Another osst process has taken this PostgreSQL database over; this one must be stopped."));
        }
        else if (group.Count > 1 && (fault is PostgresException || PostgresServer.IsOfInput(fault)))
        {
            _uses.BeginAnew();
            foreach (var write in group.All)
            {
                await Send(new WriteGroup(write) { IsRepeated = group.IsRepeated });
            }
        }
        else
        {
            var refusal = Refusal(fault);
            Fail(group, new StoreFault(
                group.IsRepeated ? $"{refusal}. Ask again with the same command id."
                    : $"{refusal}; nothing of it was stored.", fault)
            {
                IsPassing = !PostgresServer.IsOfInput(fault),
            });
        }
    }

    /// <summary>What is refused for what it is says nothing of other writes.</summary>
    private string Refusal(Exception fault) => fault switch
    {
        _ when PostgresServer.IsOfInput(fault) => "The PostgreSQL server refused this request",
        _ when PostgresServer.IsFull(fault) => health.Refuses("The disk of the PostgreSQL server is full"),
        PostgresException { SqlState: var state } =>
            health.Refuses($"The PostgreSQL server refuses writes (error {state})"),
        _ => health.Refuses("The PostgreSQL server's answer to a write cannot be understood"),
    };

    private void Answer(WriteGroup group)
    {
        var last = 0L;
        foreach (var append in group.Appends)
        {
            if (append.Outcome.Result == AppendResult.Appended)
            {
                last = Math.Max(last, append.Outcome.Position);
            }
        }
        if (last > 0)
        {
            committed(last);
        }
        LetGo(group);
        foreach (var write in group.All)
        {
            write.Succeed();
        }
    }

    private void Fail(WriteGroup group, StoreFault fault)
    {
        if (group.Accesses.Count > 0)
        {
            _uses.BeginAnew();
        }
        figures.Failed(group.Count);
        LetGo(group);
        foreach (var write in group.All)
        {
            write.Fail(fault);
        }
    }

    /// <summary>A caller that is answered may write again at once, and on any lane.</summary>
    private void LetGo(WriteGroup group)
    {
        if (_underWay == group)
        {
            _underWay = null;
        }
    }
}
