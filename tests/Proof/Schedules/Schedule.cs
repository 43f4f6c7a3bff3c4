namespace OsstOrleans.Proof.Tests.Schedules;

/// <summary>
/// One order of everything that happens, drawn from a seed: of all steps that could be next one is picked, and when
/// none could, time goes on to the next timer. The same seed gives the same order, down to the last step.
/// </summary>
internal sealed class Schedule
{
    private readonly List<(Lane Lane, Task Step)> _ready = [];
    private readonly Thread _thread = Thread.CurrentThread;
    private ulong _trace = 14_695_981_039_346_656_037;

    public Schedule(int seed)
    {
        (Seed, Random) = (seed, new Random(seed));
        Clock = new VirtualClock();
    }

    public int Seed { get; }

    /// <summary>All that is left to chance.</summary>
    public Random Random { get; }

    public VirtualClock Clock { get; }

    /// <summary>Steps until now.</summary>
    public int Steps { get; private set; }

    /// <summary>Equal for equal orders.</summary>
    public ulong Trace => _trace;

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Random.Next(times) == 0;

    public T Pick<T>(IReadOnlyList<T> of) => of[Random.Next(of.Count)];

    public void Add(Lane lane, Task step)
    {
        if (Thread.CurrentThread != _thread)
        {
            throw new InvalidOperationException("A step came from another thread: its order is nobody's to repeat.");
        }
        if (!lane.IsDead)
        {
            _ready.Add((lane, step));
        }
    }

    /// <summary>Runs one step, or lets time pass; false when nothing will ever happen again.</summary>
    public bool Step()
    {
        _ready.RemoveAll(static ready => ready.Lane.IsDead);
        var now = Clock.Now;
        var free = _ready.Count(ready => ready.Lane.PausedUntil <= now);
        if (free == 0)
        {
            return PassTime();
        }
        var pick = Random.Next(free);
        for (var i = 0; ; i++)
        {
            if (_ready[i].Lane.PausedUntil <= now && pick-- == 0)
            {
                Run(i);
                return true;
            }
        }
    }

    /// <summary>Runs what one lane has to do now, and nothing else.</summary>
    public void Drain(Lane lane)
    {
        for (var i = _ready.FindIndex(ready => ready.Lane == lane); i >= 0;
            i = _ready.FindIndex(ready => ready.Lane == lane))
        {
            Run(i);
        }
    }

    private void Run(int index)
    {
        var (lane, step) = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        Note((ulong)index);
        lane.Run(step);
    }

    private bool PassTime()
    {
        var next = Clock.NextTimer;
        foreach (var (lane, _) in _ready)
        {
            next = next is null || lane.PausedUntil < next ? lane.PausedUntil : next;
        }
        if (next is not { } until)
        {
            return false;
        }
        Note((ulong)until.Ticks);
        Clock.PassUntil(until);
        return true;
    }

    private void Note(ulong what)
    {
        Steps++;
        _trace = unchecked((_trace ^ what) * 1_099_511_628_211);
    }
}
