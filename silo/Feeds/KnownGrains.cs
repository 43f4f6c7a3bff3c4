using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>
/// Which drop-in centres, programmes and receivers of events exist: the keys by which their grains are called.
/// </summary>
public sealed class KnownGrains : IFeedReader
{
    private readonly ConcurrentDictionary<string, string> _centres = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _programmes = new(StringComparer.Ordinal);

    /// <summary>True while it is open.</summary>
    private readonly ConcurrentDictionary<string, bool> _receivers = new(StringComparer.Ordinal);

    /// <summary>The keys of a municipality's centres, in order.</summary>
    public IReadOnlyList<string> CentresIn(string municipality) =>
        [.. _centres.Where(c => c.Value == municipality).Select(c => c.Key).Order(StringComparer.Ordinal)];

    /// <summary>The keys of all programmes, in order.</summary>
    public IReadOnlyList<string> Programmes => [.. _programmes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The keys of all receivers of events, in order.</summary>
    public IReadOnlyList<string> Receivers => [.. _receivers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The keys of those that are not closed.</summary>
    public IEnumerable<string> OpenReceivers => _receivers.Where(known => known.Value).Select(known => known.Key);

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        if (happened is DropInCentreRegistered centre)
        {
            _centres[stored.Grain.Key] = centre.Municipality;
        }
        else if (stored.Grain.Kind == GrainKind.Programme)
        {
            _programmes[stored.Grain.Key] = true;
        }
        else if (stored.Grain.Kind == GrainKind.Receiver)
        {
            _receivers[stored.Grain.Key] = happened is not ReceiverClosed;
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>All of it, written or read.</summary>
    internal void Imprint(Image image)
    {
        var centres = new Dictionary<string, string>(_centres);
        var programmes = new Dictionary<string, bool>(_programmes);
        var receivers = new Dictionary<string, bool>(_receivers);
        image.Entries(centres, static (Image i, ref string centre, ref string municipality) =>
        {
            i.Name(ref centre);
            i.Name(ref municipality);
        });
        Keys(image, programmes);
        Keys(image, receivers);
        foreach (var (centre, municipality) in centres)
        {
            _centres[centre] = municipality;
        }
        foreach (var programme in programmes.Keys)
        {
            _programmes[programme] = true;
        }
        foreach (var (receiver, isOpen) in receivers)
        {
            _receivers[receiver] = isOpen;
        }
    }

    private static void Keys(Image image, Dictionary<string, bool> keys) =>
        image.Entries(keys, static (Image i, ref string key, ref bool known) =>
        {
            i.Name(ref key);
            i.Value(ref known);
        });

    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
    }
}
