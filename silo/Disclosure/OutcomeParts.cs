using System.Collections.Concurrent;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Silo.Disclosure;

/// <summary>
/// What each municipality adds to outcomes, kept until something of it changes: questions come more often than changes
/// do, and every question about all municipalities needs the same parts.
/// </summary>
internal sealed class OutcomeParts(Caseloads caseloads)
{
    private readonly ConcurrentDictionary<string, OutcomePart> _parts = new(StringComparer.Ordinal);

    /// <summary>A municipality's part as it is now.</summary>
    public OutcomePart Of(string code)
    {
        // Counted before the sums are read: what changes meanwhile is read once more, and never missed.
        var (changes, state) = (caseloads.Outcomes.ChangesOf(code), StateOf(code));
        return _parts.GetValueOrDefault(code) is { } kept && kept.IsOf(changes, state)
            ? kept
            : _parts[code] = new OutcomePart(caseloads.Outcomes, code, changes, state);
    }

    /// <summary>Clients count also before their municipality is registered.</summary>
    private MunicipalityState StateOf(string code) =>
        caseloads.Ask(code, static caseload => caseload.Municipality) ?? MunicipalityDecider.Initial;
}
