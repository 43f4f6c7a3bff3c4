using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>What outsiders see of all caseloads: one and the same for all of them, in every process.</summary>
/// <param name="AsOf">The last event of the round with which it was released; nothing before the first.</param>
/// <param name="Parts">Each municipality's part; some are as an earlier round released them.</param>
/// <param name="Stock">What editions showed of each municipality's open matters at the ends of months.</param>
public sealed record Edition(
    AsOf AsOf, IReadOnlyDictionary<string, ReleasedMetrics> Parts, IReadOnlyDictionary<string, ReleasedStock> Stock)
{
    /// <summary>The day of recording that it goes up to.</summary>
    public DateOnly Day => GrainServices.DayOf(AsOf.RecordedAt);

    /// <summary>What was shown of a municipality's open matters over time.</summary>
    public ReleasedStock StockOf(string code) => Stock.GetValueOrDefault(code) ?? ReleasedStock.Nothing;

    /// <summary>A municipality's part.</summary>
    public ReleasedMetrics Of(string code) => Parts.GetValueOrDefault(code) ?? ReleasedMetrics.Nothing;
}

/// <summary>
/// Makes the editions, as the log goes on. At the end of a round the part of each municipality is made anew where
/// enough clients have changed since its last one; so no edition shows one client's event alone. All of it follows from
/// the order of the log.
/// </summary>
internal sealed class Releases
{
    private readonly ReleaseRounds _rounds = new();

    /// <summary>Who changed since the part of the municipality was made; no more than it may take to make it anew.
    /// </summary>
    private readonly Dictionary<string, HashSet<string>> _changed = new(StringComparer.Ordinal);

    private AsOf _last;
    private volatile Edition _now = new(
        default, new Dictionary<string, ReleasedMetrics>(), new Dictionary<string, ReleasedStock>());

    public Edition Now => _now;

    /// <summary>A client of a municipality counts there otherwise than before, or no longer.</summary>
    public void Changed(string code, string client)
    {
        if (!_changed.TryGetValue(code, out var clients))
        {
            _changed.Add(code, clients = new HashSet<string>(StringComparer.Ordinal));
        }
        if (clients.Count < MunicipalityState.LargestGroup)
        {
            clients.Add(client);
        }
    }

    /// <summary>An event is about to be taken in: the round may have ended before it.</summary>
    public void Before(in StoredEvent stored, Caseloads caseloads)
    {
        if (_rounds.EndsBefore(GrainServices.DayOf(stored.RecordedAt)))
        {
            End(caseloads);
        }
    }

    /// <summary>An event was taken in: the round may end with it.</summary>
    public void After(in StoredEvent stored, Caseloads caseloads)
    {
        _last = new AsOf(stored.Position, stored.RecordedAt);
        if (_rounds.EndsWith(GrainServices.DayOf(stored.RecordedAt)))
        {
            End(caseloads);
        }
    }

    /// <summary>Written, or read where nothing was released yet; to be called while nothing is applied.</summary>
    /// <exception cref="InvalidDataException">The image is cut short.</exception>
    public void Imprint(Image image)
    {
        var (asOf, parts) = (_now.AsOf, new Dictionary<string, ReleasedMetrics>(_now.Parts, StringComparer.Ordinal));
        var stock = new Dictionary<string, ReleasedStock>(_now.Stock, StringComparer.Ordinal);
        _rounds.Imprint(image);
        image.Value(ref _last);
        image.Value(ref asOf);
        image.Entries(parts, static (Image i, ref string code, ref ReleasedMetrics part) =>
        {
            ReleasedMetrics? released = part;
            Name(i, ref code);
            ReleasedMetrics.Imprint(i, ref released);
            part = released!;
        });
        image.Entries(stock, static (Image i, ref string code, ref ReleasedStock months) =>
        {
            Name(i, ref code);
            ReleasedStock.Imprint(i, ref months);
        });
        image.Entries(_changed, static (Image i, ref string code, ref HashSet<string> clients) =>
        {
            var names = clients?.ToDictionary(client => client, _ => true) ?? [];
            Name(i, ref code);
            i.Entries(names, static (Image one, ref string client, ref bool changed) => Name(one, ref client));
            clients = new HashSet<string>(names.Keys, StringComparer.Ordinal);
        });
        if (image.Reads)
        {
            _now = new Edition(asOf, parts, stock);
        }
    }

    private static void Name(Image image, ref string name)
    {
        name ??= "";
        image.Name(ref name);
    }

    private void End(Caseloads caseloads)
    {
        var parts = new Dictionary<string, ReleasedMetrics>(_now.Parts, StringComparer.Ordinal);
        var stock = new Dictionary<string, ReleasedStock>(_now.Stock, StringComparer.Ordinal);
        foreach (var (code, clients) in _changed)
        {
            if (clients.Count >= MunicipalityState.LeastGroup
                && caseloads.Release(code, _rounds.Day, clients.Count) is { } part)
            {
                parts[code] = part;
                stock[code] = _now.StockOf(code).With(MonthSet.NumberOf(_rounds.Day), part);
                clients.Clear();
            }
        }
        _rounds.Begin();
        _now = new Edition(_last, parts, stock);
    }
}
