namespace OsstOrleans.Silo.Telemetry;

/// <summary>
/// The values of the last five to ten minutes: one distribution is filled for five minutes and kept for five more. What
/// is slow now must not drown in what was fast since the start.
/// </summary>
internal sealed class RecentDistribution
{
    public const long Span = 5 * TimeSpan.TicksPerMinute;

    private Windows _windows = new(new Distribution(), new Distribution(), long.MinValue);

    /// <param name="value">What was measured.</param>
    /// <param name="now">When; see <see cref="Ticks"/>.</param>
    public void Record(long value, long now) => At(now).Filling.Record(value);

    /// <summary>All recent values together.</summary>
    public Distribution Recent(long now)
    {
        var (all, windows) = (new Distribution(), At(now));
        all.Add(windows.Filling);
        all.Add(windows.Before);
        return all;
    }

    private Windows At(long now)
    {
        var windows = Volatile.Read(ref _windows);
        if (now < windows.Until)
        {
            return windows;
        }
        // After a pause longer than a window what was being filled is old, too.
        var before = now - Span < windows.Until ? windows.Filling : new Distribution();
        var next = new Windows(new Distribution(), before, now + Span);
        var winner = Interlocked.CompareExchange(ref _windows, next, windows);
        return winner == windows ? next : winner;
    }

    private sealed record Windows(Distribution Filling, Distribution Before, long Until);
}
