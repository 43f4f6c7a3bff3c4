using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Finds clients of one municipality who have the same identifier. It only finds them: whether they are merged is for
/// the municipality to decide.
/// </summary>
public sealed class DuplicateCandidates(IEventStore store, Caseloads caseloads)
{
    private const int Page = 10_000;

    /// <summary>
    /// Groups of at least two clients of the municipality. A client registered elsewhere under the same identifier is
    /// left out: that register is another municipality's.
    /// </summary>
    public async ValueTask<IReadOnlyList<IReadOnlyList<CaseloadEntry>>> In(string municipality, DateOnly today)
    {
        var here = new List<(string Digest, CaseloadEntry? Entry)>();
        for (IdentityDigest after = default; store is IIdentityIndex index;)
        {
            var shared = await index.SharedIdentities(after, Page);
            here.AddRange(caseloads.Ask(municipality, caseload => shared
                .Select(identity => (
                    Digest: Convert.ToHexString(identity.Digest.Span),
                    Entry: caseload.EntryOf(identity.Client.Key, today)))
                .Where(found => found.Entry is not null)
                .ToArray()) ?? []);
            if (shared.Count < Page)
            {
                break;
            }
            after = shared[^1];
        }
        return [.. here.GroupBy(found => found.Digest, found => found.Entry!)
            .Where(group => group.Count() > 1)
            .Select(group => group.OrderBy(entry => entry.Since).ToArray())];
    }
}
