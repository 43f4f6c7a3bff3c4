using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Memory;

/// <summary>
/// Lines of the use log about attempts at clients that were refused. Each of a caller's first ones in a minute is
/// durable before the answer. Further ones are counted, so that no caller fills the log by being refused: at the end of
/// the minute there is one line with their number for each client among them, and for those beyond twenty clients of a
/// register one line at the register.
/// </summary>
/// <param name="store">Where lines are written.</param>
/// <param name="time">By which a minute passes.</param>
internal sealed class DeniedUses(IEventStore store, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A caller's lines of its own in a minute.</summary>
    public const int MostLines = 20;

    /// <summary>Clients of a register, of one caller and minute, who have a line with their own number.</summary>
    public const int MostClients = 20;

    /// <summary>Callers that are counted at once; further ones have a line for each attempt.</summary>
    private const int MostCallers = 10_000;

    /// <summary>Lines that wait while the store is away; it takes no further ones.</summary>
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Attempts> _callers = new(StringComparer.Ordinal);
    private readonly List<UseLine> _waiting = [];
    private long? _began;
    private ITimer? _end;
    private Task _writing = Task.CompletedTask;
    private bool _isOver;

    /// <summary>Writes the line, or counts it; what is written is durable when the task completes.</summary>
    public ValueTask Log(UseLine line) => IsCounted(line) ? ValueTask.CompletedTask : store.LogAccess([line]);

    /// <summary>Writes the numbers of the minute under way.</summary>
    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        End();
        await _writing;
    }

    private bool IsCounted(in UseLine line)
    {
        lock (_gate)
        {
            // While something is counted the timer ends the minute, so that its numbers are written.
            if (_end is null && (_began is not { } began || time.GetElapsedTime(began) >= Minute))
            {
                _callers.Clear();
                _began = time.GetTimestamp();
            }
            if (!_callers.TryGetValue(line.Actor, out var attempts))
            {
                if (_callers.Count >= MostCallers)
                {
                    return false;
                }
                _callers.Add(line.Actor, attempts = new Attempts());
            }
            if (attempts.Lines < MostLines)
            {
                attempts.Lines++;
                return false;
            }
            attempts.Count(line);
            EndLater();
            return true;
        }
    }

    private void EndLater()
    {
        if (_end is not null || _isOver)
        {
            return;
        }
        var left = _began is { } began ? Minute - time.GetElapsedTime(began) : Minute;
        using (ExecutionContext.SuppressFlow()) // The timer belongs to no call that happened to start it.
        {
            _end = time.CreateTimer(
                _ => End(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _end?.Dispose();
            _end = null;
            var now = time.GetUtcNow();
            UseLine[] lines =
            [
                .. _waiting,
                .. _callers.Values.SelectMany(attempts => attempts.Counted).Select(counted => counted.Value.First with
                {
                    Client = counted.Key.About,
                    What = $"{UseLine.Denied}{counted.Value.Number} more within a minute",
                    At = now,
                }),
            ];
            _waiting.Clear();
            _callers.Clear();
            _began = null;
            if (lines.Length > 0)
            {
                _writing = Write(_writing, lines);
            }
        }
    }

    private async Task Write(Task before, UseLine[] lines)
    {
        await before;
        try
        {
            await store.LogAccess(lines);
        }
        catch (Exception) // The store says so itself; the lines are written when it is back.
        {
            lock (_gate)
            {
                _waiting.AddRange(lines.Take(MostWaiting - _waiting.Count));
                EndLater();
            }
        }
    }

    /// <summary>What a caller tried in this minute.</summary>
    private sealed class Attempts
    {
        /// <summary>How many have a line of their own.</summary>
        public int Lines { get; set; }

        /// <summary>The further ones by register, and by client or, beyond so many of them, at the register.</summary>
        public Dictionary<(string Register, GrainName About), (UseLine First, int Number)> Counted { get; } = [];

        public void Count(in UseLine line)
        {
            var (register, place) = (line.Register, (line.Register, line.Client));
            if (!Counted.ContainsKey(place) && Counted.Keys.Count(key => key.Register == register) >= MostClients)
            {
                place = (register, GrainName.Municipality(register));
            }
            Counted[place] = Counted.TryGetValue(place, out var counted)
                ? (counted.First, counted.Number + 1) : (line, 1);
        }
    }
}
