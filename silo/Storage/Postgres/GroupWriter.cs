using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// The one writer of a process: while the server works on a group, the next one gathers. Should the connection break
/// before the answer, nobody knows whether the group was stored: it is sent again as it is, and the command ids tell
/// the server what it has already.
/// </summary>
internal sealed class GroupWriter : IAsyncDisposable
{
    private const int MostWaiting = 100_000;
    private const int MostPauseMs = 500;
    private const string Closing = "The store is closing; nothing of this request was stored.";

    private readonly WriterConnection _connection;
    private readonly StoreFigures _figures;
    private readonly Action<long> _committed;
    private readonly TimeSpan _patience;
    private readonly Channel<PendingWrite> _waiting = Channel.CreateUnbounded<PendingWrite>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _running;
    private PendingWrite? _next;
    private int _waitingCount;
    private bool _away;
    private volatile StoreFault? _broken;

    /// <param name="connection">Where to.</param>
    /// <param name="figures">Where what was written is counted.</param>
    /// <param name="committed">Told of the last position of a group.</param>
    /// <param name="patience">How long a group waits for a server that is away before it is answered with a fault.
    /// </param>
    public GroupWriter(
        WriterConnection connection, StoreFigures figures, TimeSpan patience, Action<long> committed)
    {
        (_connection, _figures, _patience, _committed) = (connection, figures, patience, committed);
        _running = Task.Run(Run);
    }

    /// <summary>Queues a write for the next group; throws when the store is broken, closing or overloaded.</summary>
    public void Enqueue(PendingWrite write)
    {
        if (_broken is { } fault)
        {
            throw fault;
        }
        if (Interlocked.Increment(ref _waitingCount) > MostWaiting)
        {
            Interlocked.Decrement(ref _waitingCount);
            throw LimitReached.Met(
                LimitCodes.StoreBusy, "Too many writes are waiting for the database; try again.");
        }
        write.Watch = _figures.Begin();
        if (!_waiting.Writer.TryWrite(write))
        {
            _figures.Failed(1);
            throw new StoreFault(Closing);
        }
    }

    /// <summary>Stores or refuses everything queued.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
        await _connection.DisposeAsync();
    }

    private async Task Run()
    {
        while (_next is not null || await _waiting.Reader.WaitToReadAsync())
        {
            var group = TakeGroup();
            if (_broken is { } fault)
            {
                Fail(group, fault);
                continue;
            }
            await Store(group);
        }
    }

    private WriteGroup TakeGroup()
    {
        var group = new WriteGroup();
        while ((_next ?? Dequeue()) is { } write)
        {
            _next = null;
            if (!group.TryAdd(write))
            {
                _next = write;
                break;
            }
        }
        return group;
    }

    private PendingWrite? Dequeue()
    {
        if (!_waiting.Reader.TryRead(out var write))
        {
            return null;
        }
        Interlocked.Decrement(ref _waitingCount);
        return write;
    }

    private async Task Store(WriteGroup group)
    {
        var began = Ticks.Now;
        var watch = Stopwatch.StartNew();
        for (var pauseMs = 10; ; pauseMs = Math.Min(2 * pauseMs, MostPauseMs))
        {
            try
            {
                var sending = Ticks.Now;
                await _connection.Write(group);
                _figures.Stored([.. group.All], began, sending);
                _figures.IsAway = _away = false;
                Answer(group);
                return;
            }
            catch (PostgresException fault) when (WriterConnection.IsRace(fault))
            {
                // Another process was faster at one of the streams; now this one sees what it did.
            }
            catch (Exception fault) when (PostgresServer.IsAway(fault))
            {
                await _connection.Close();
                if (_away || watch.Elapsed > _patience)
                {
                    _figures.IsAway = _away = true; // Until it is back, one try for each group: nobody waits in vain.
                    Fail(group, new StoreFault(
                        "The PostgreSQL server does not answer; ask again with the same command id.", fault)
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
    /// The server refused the group and undid it. If one write was to blame, the others must not suffer for it.
    /// </summary>
    private async Task Refuse(WriteGroup group, Exception fault)
    {
        if (fault is LeaseLost or StoreRefusal or PostgresException { SqlState: WriterLease.LostState })
        {
            _broken = new StoreFault(fault is StoreRefusal ? fault.Message
                : "Another osst process has taken this PostgreSQL database over; this one must be stopped.");
            _figures.IsBroken = true;
            Fail(group, _broken);
        }
        else if (group.Count > 1 && fault is PostgresException)
        {
            foreach (var write in group.All)
            {
                await Store(new WriteGroup(write));
            }
        }
        else
        {
            Fail(group, new StoreFault(
                (fault as PostgresException)?.SqlState == PostgresErrorCodes.DiskFull
                    ? "The disk of the PostgreSQL server is full; nothing of this request was stored."
                    : "The PostgreSQL server refused this request; nothing of it was stored.",
                fault));
        }
    }

    private void Answer(WriteGroup group)
    {
        var last = group.Appends.Where(append => append.Outcome.Result == AppendResult.Appended)
            .Select(append => append.Outcome.Position).DefaultIfEmpty().Max();
        if (last > 0)
        {
            _committed(last);
        }
        foreach (var write in group.All)
        {
            write.Succeed();
        }
    }

    private void Fail(WriteGroup group, StoreFault fault)
    {
        _figures.Failed(group.Count);
        foreach (var write in group.All)
        {
            write.Fail(fault);
        }
    }
}
