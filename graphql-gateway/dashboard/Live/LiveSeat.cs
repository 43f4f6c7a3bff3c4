using Microsoft.Extensions.Logging;
using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Live;

/// <summary>
/// One viewer's place before a page. What the page shows was decided by the rights with which the viewer came, so it
/// is the viewer's no more when the register or the provider has changed them.
/// </summary>
public sealed class LiveSeat : IDisposable
{
    /// <summary>The use log has a line an hour for who looks; so often it is asked whether one is due.</summary>
    private static readonly TimeSpan s_counted = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _left = new();
    private readonly IDesk _desk;
    private readonly LiveShow _show;
    private readonly Action<LiveSeat, LiveShow> _leave;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private LiveFrame _seen = LiveFrame.Empty;
    private long? _countedAt;

    internal LiveSeat(
        IDesk desk, LiveSource source, LiveShow show, Action<LiveSeat, LiveShow> leave, TimeProvider time, ILogger log)
    {
        (_desk, _show, _leave, _time, _log) = (desk, show, leave, time, log);
        (Source, Left) = (source, _left.Token);
    }

    /// <summary>The page, as this viewer asks for it.</summary>
    internal LiveSource Source { get; }

    /// <summary>Cancelled when the viewer has left.</summary>
    internal CancellationToken Left { get; }

    /// <summary>True while the viewer has the rights by which the page was begun.</summary>
    public bool MayLook => _desk.IsValid(Source.Viewer) && _desk.Now(Source.Viewer).Rights == Source.Viewer.Rights;

    /// <summary>
    /// The parts that differ from what was given before, at first all of them; null when the viewer has other rights by
    /// now.
    /// </summary>
    public async Task<Dictionary<string, string>?> Next(CancellationToken ended)
    {
        while (MayLook)
        {
            var (frame, next) = _show.Now;
            if (frame.ChangesSince(_seen) is not { Count: > 0 } changes)
            {
                await next.WaitAsync(ended);
            }
            else if (await IsCounted(ended) && MayLook)
            {
                _seen = frame;
                return changes;
            }
        }
        return null;
    }

    public void Dispose()
    {
        _left.Cancel();
        _leave(this, _show);
    }

    /// <summary>Nothing is shown to whom the use log could not name (552/2019 19 §).</summary>
    private async Task<bool> IsCounted(CancellationToken ended)
    {
        if (_countedAt is { } at && _time.GetElapsedTime(at) < s_counted)
        {
            return true;
        }
        try
        {
            await Source.Use();
            _countedAt = _time.GetTimestamp();
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _log.LogWarning("A viewer of a live page could not be counted: {Fault}", fault.GetType().Name);
            await Task.Delay(s_again, _time, ended);
            return false;
        }
    }
}
