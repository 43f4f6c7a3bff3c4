using System.Globalization;
using Npgsql;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// Wakes readers of the feed. Other processes' commits are heard of by LISTEN/NOTIFY, which is only a hint:
/// it may be lost with a connection, so everybody looks once a second anyway, and sooner while something is held back.
/// </summary>
internal sealed class FeedHints : IAsyncDisposable
{
    private const string Channel = "osst_feed";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookSoon = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Between two looks whether the store is closing. The driver is never cancelled: a connection that breaks at that
    /// moment throws from within.
    /// </summary>
    private static readonly TimeSpan ListenFor = TimeSpan.FromMilliseconds(100);

    /// <summary>A notice costs a transaction; more of them would not shorten the wait noticeably.</summary>
    private static readonly TimeSpan TellAtMostEvery = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _ended = new();
    private readonly PostgresServer _server;
    private readonly StoreFigures _figures;
    private readonly Action<long> _look;
    private readonly Task[] _tasks;
    private readonly SemaphoreSlim _told = new(0, 1);
    private long _newest;
    private int _looksSoon;

    /// <param name="server">Where the others are.</param>
    /// <param name="figures">Told whether the others can be heard.</param>
    /// <param name="alone">No other process writes: no notices are sent or listened for.</param>
    /// <param name="look">Takes a position that is known to be committed; 0 when none is.</param>
    public FeedHints(PostgresServer server, StoreFigures figures, bool alone, Action<long> look)
    {
        (_server, _figures, _look) = (server, figures, look);
        _tasks = alone ? [LookRegularly()] : [LookRegularly(), Forever(Listen), Forever(Tell)];
    }

    /// <summary>This process has committed: the others hear of it soon.</summary>
    public void Committed(long position)
    {
        Interlocked.Exchange(ref _newest, position);
        Release();
    }

    /// <summary>A reader has seen less than there is: an unfinished transaction holds the rest back.</summary>
    public void HeldBack()
    {
        if (Interlocked.Exchange(ref _looksSoon, 1) == 0)
        {
            _ = LookAgainSoon();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_tasks);
    }

    private async Task LookAgainSoon()
    {
        await Task.Delay(LookSoon);
        Volatile.Write(ref _looksSoon, 0);
        if (!_ended.IsCancellationRequested)
        {
            _look(0);
        }
    }

    private async Task LookRegularly()
    {
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                _look(0);
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task Listen(CancellationToken ended)
    {
        try
        {
            await ListenOnce(ended);
        }
        catch (Exception fault)
        {
            _figures.HintsAreAway |= PostgresServer.IsAway(fault);
            throw;
        }
    }

    private async Task ListenOnce(CancellationToken ended)
    {
        await using var connection = await _server.Open();
        connection.Notification += (_, notice) =>
            _look(long.TryParse(notice.Payload, CultureInfo.InvariantCulture, out var position) ? position : 0);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(CancellationToken.None);
        }
        _figures.HintsAreAway = false;
        _look(0); // For what came while this process did not listen.
        try
        {
            while (!ended.IsCancellationRequested)
            {
                await connection.WaitAsync(ListenFor, CancellationToken.None);
            }
        }
        finally
        {
            NpgsqlConnection.ClearPool(connection); // Its session listens: no other use may get it.
        }
    }

    private async Task Tell(CancellationToken ended)
    {
        while (true)
        {
            await _told.WaitAsync(ended);
            await using var notify = _server.Source.CreateCommand("SELECT pg_notify($1, $2)");
            notify.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
            notify.Parameters.Add(new NpgsqlParameter<string>
            {
                TypedValue = Interlocked.Read(ref _newest).ToString(CultureInfo.InvariantCulture),
            });
            await notify.ExecuteNonQueryAsync(CancellationToken.None);
            await Task.Delay(TellAtMostEvery, ended);
        }
    }

    /// <summary>A hint that cannot be given or heard does no harm: it is tried again.</summary>
    private async Task Forever(Func<CancellationToken, Task> work)
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await work(_ended.Token);
            }
            catch (Exception)
            {
                await Task.WhenAny(Task.Delay(LookEvery, _ended.Token));
            }
        }
    }

    private void Release()
    {
        try
        {
            _told.Release();
        }
        catch (SemaphoreFullException)
        {
            // The next notice tells this one's position, too.
        }
    }
}
