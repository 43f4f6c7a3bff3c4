using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Live;

/// <summary>Says when a page may be another.</summary>
public static class Changes
{
    /// <summary>A day that begins makes things late, without any event.</summary>
    private static readonly TimeSpan s_atLeast = TimeSpan.FromMinutes(1);

    /// <summary>At once, and after each event of any of these subscriptions; changes meanwhile count as one.</summary>
    public static async IAsyncEnumerable<bool> Of(
        IDesk desk, Viewer viewer, IReadOnlyList<GraphQLRequest> subscriptions, TimeProvider time,
        [EnumeratorCancellation] CancellationToken ended)
    {
        var signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
        });
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(ended);
        using var tick = time.CreateTimer(_ => signal.Writer.TryWrite(true), null, s_atLeast, s_atLeast);
        var pumps = subscriptions.Select(one => Pump(desk, viewer, one, signal.Writer, stopped.Token)).ToArray();
        try
        {
            yield return true;
            await foreach (var change in signal.Reader.ReadAllAsync(ended))
            {
                yield return change;
            }
        }
        finally
        {
            await stopped.CancelAsync();
            await Task.WhenAll(pumps);
        }
    }

    /// <summary>At once, and then this often.</summary>
    public static async IAsyncEnumerable<bool> Every(
        TimeSpan pause, TimeProvider time, [EnumeratorCancellation] CancellationToken ended)
    {
        while (true)
        {
            yield return true;
            await Task.Delay(pause, time, ended);
        }
    }

    private static async Task Pump(
        IDesk desk, Viewer viewer, GraphQLRequest subscription, ChannelWriter<bool> signal, CancellationToken ended)
    {
        try
        {
            await foreach (var _ in desk.Watch(viewer, subscription, ended))
            {
                signal.TryWrite(true);
            }
            signal.TryComplete();
        }
        catch (OperationCanceledException)
        {
            // The page has no viewers any more.
        }
        catch (Exception fault)
        {
            signal.TryComplete(fault);
        }
    }
}
