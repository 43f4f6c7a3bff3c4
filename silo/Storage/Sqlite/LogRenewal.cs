using System.Collections.Concurrent;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// Starts the write-ahead log anew after an erasure: until then the log and pages of the database hold what was erased.
/// It waits on a connection and a thread of its own, so that no writer waits for a reader that stands in its way.
/// </summary>
internal sealed class LogRenewal : IDisposable
{
    /// <summary>
    /// In its last step a renewal shuts writers out. There it waits for readers so long, and no oftener than a trial is
    /// made.
    /// </summary>
    private const string Patience = "PRAGMA busy_timeout = 50";

    private static readonly TimeSpan s_tryEvery = TimeSpan.FromSeconds(1);

    private readonly Database _database;
    private readonly ConcurrentQueue<PendingWrite> _erasures = new();
    private readonly ManualResetEventSlim _signal = new();
    private readonly Thread _thread;
    private volatile bool _closing;

    /// <param name="path">The database's file.</param>
    /// <param name="isDue">A log is there already: its process may have ended between an erasure and this.</param>
    public LogRenewal(string path, bool isDue)
    {
        _database = Database.Open(path);
        _database.Execute(Patience);
        _thread = new Thread(() => Run(isDue)) { Name = "osst-log-renewal", IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// Renews the log for a write that has erased and is durable. The write is answered when that is done or, while a
    /// reader stands in the way, when it was tried; it is then tried again until it is done.
    /// </summary>
    public void For(PendingWrite erasure)
    {
        _erasures.Enqueue(erasure);
        _signal.Set();
    }

    public void Dispose()
    {
        _closing = true;
        _signal.Set();
        _thread.Join();
        _database.Dispose();
        _signal.Dispose();
    }

    private void Run(bool isDue)
    {
        var notBefore = 0L;
        while (!_closing)
        {
            _signal.Wait(isDue ? TimeSpan.FromTicks(Math.Max(0, notBefore - Ticks.Now)) : Timeout.InfiniteTimeSpan);
            _signal.Reset();
            var erasures = Take(); // Before the trial: what it does counts for all of them.
            isDue |= erasures.Count > 0;
            if (isDue && Ticks.Now >= notBefore)
            {
                isDue = !IsRenewed();
                notBefore = isDue ? Ticks.Now + s_tryEvery.Ticks : 0;
            }
            erasures.ForEach(static erasure => erasure.Succeed());
        }
        Take().ForEach(static erasure => erasure.Succeed());
    }

    private List<PendingWrite> Take()
    {
        var taken = new List<PendingWrite>();
        while (_erasures.TryDequeue(out var erasure))
        {
            taken.Add(erasure);
        }
        return taken;
    }

    private bool IsRenewed()
    {
        try
        {
            _database.Execute("PRAGMA wal_checkpoint(PASSIVE)"); // Nearly all of the work, and writers go on meanwhile.
            return _database.Scalar("PRAGMA wal_checkpoint(TRUNCATE)") == "0";
        }
        catch (SqliteFault)
        {
            return false; // The erasure itself is durable.
        }
    }
}
