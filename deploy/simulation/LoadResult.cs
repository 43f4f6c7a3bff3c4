using System.Globalization;

namespace OsstOrleans.Simulation;

/// <summary>What a load did.</summary>
/// <param name="Sent">Commands sent and accepted; zero when everything was there already.</param>
/// <param name="Rejected">Commands refused; none, unless others changed the same grains or the clock is behind.</param>
/// <param name="FirstRejections">Grain and code of the first few of them.</param>
public sealed record LoadResult(long Sent, long Rejected, IReadOnlyList<string> FirstRejections);

/// <summary>Counts what became of the steps of one load, from many grains at once.</summary>
internal sealed class LoadTally(int total, IProgress<double>? progress)
{
    private const int MostRejectionsTold = 10;

    private readonly Lock _gate = new();
    private readonly List<string> _firstRejections = [];
    private long _sent;
    private long _rejected;
    private int _done;

    /// <summary>So many grains more are loaded. Reports come one at a time and rise.</summary>
    public void Advance(int grains)
    {
        lock (_gate)
        {
            _done += grains;
            progress?.Report(total == 0 ? 1 : (double)_done / total);
        }
    }

    /// <exception cref="InvalidOperationException">The engine forbids the load: a mistake of this program.</exception>
    public void Count(LoadStep step, CommandReply reply)
    {
        lock (_gate)
        {
            switch (reply.Kind)
            {
                case ReplyKind.Accepted:
                    _sent++;
                    return;
                case ReplyKind.Rejected:
                    _rejected++;
                    if (_firstRejections.Count < MostRejectionsTold)
                    {
                        _firstRejections.Add($"{step.Grain}: {reply.Rejection?.Code}");
                    }
                    return;
                default:
                    throw new InvalidOperationException(string.Create(
                        CultureInfo.InvariantCulture, $"{step.Grain} answered {reply.Kind} to the loader."));
            }
        }
    }

    public LoadResult Result()
    {
        lock (_gate)
        {
            return new LoadResult(_sent, _rejected, [.. _firstRejections]);
        }
    }
}
