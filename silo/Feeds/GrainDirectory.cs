using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>Which drop-in centres and programmes exist: the keys by which their grains are called.</summary>
public sealed class GrainDirectory : IFeedReader
{
    private readonly ConcurrentDictionary<string, string> _centres = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _programmes = new(StringComparer.Ordinal);

    /// <summary>The keys of a municipality's centres, in order.</summary>
    public IReadOnlyList<string> CentresIn(string municipality) =>
        [.. _centres.Where(c => c.Value == municipality).Select(c => c.Key).Order(StringComparer.Ordinal)];

    /// <summary>The keys of all programmes, in order.</summary>
    public IReadOnlyList<string> Programmes => [.. _programmes.Keys.Order(StringComparer.Ordinal)];

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
        return ValueTask.CompletedTask;
    }

    /// <summary>All of it, written or read.</summary>
    internal void Imprint(Image image)
    {
        var centres = new Dictionary<string, string>(_centres);
        var programmes = new Dictionary<string, bool>(_programmes);
        image.Entries(centres, static (Image i, ref string centre, ref string municipality) =>
        {
            i.Name(ref centre);
            i.Name(ref municipality);
        });
        image.Entries(programmes, static (Image i, ref string programme, ref bool known) =>
        {
            i.Name(ref programme);
            i.Value(ref known);
        });
        foreach (var (centre, municipality) in centres)
        {
            _centres[centre] = municipality;
        }
        foreach (var programme in programmes.Keys)
        {
            _programmes[programme] = true;
        }
    }

    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
    }
}
