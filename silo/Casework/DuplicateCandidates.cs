using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Finds clients of one register who have the same identifier. It only finds them: whether they are merged is for
/// the register to decide.
/// </summary>
public sealed class DuplicateCandidates(GrainServices services, Caseloads caseloads)
{
    private const int Page = 10_000;

    /// <summary>
    /// Groups of at least two clients of the register. A client registered elsewhere under the same identifier is left
    /// out: that register is another's.
    /// </summary>
    public async ValueTask<IReadOnlyList<IReadOnlyList<CaseloadEntry>>> In(string register, DateOnly today)
    {
        var here = new List<(string Digest, CaseloadEntry? Entry)>();
        for (IdentityDigest after = default; services.Store is IIdentityIndex index;)
        {
            var shared = await index.SharedIdentities(after, Page);
            here.AddRange(caseloads.AskEach(services.MunicipalitiesOf(register), caseload => shared
                .Select(identity => (
                    Digest: Convert.ToHexString(identity.Digest.Span),
                    Entry: caseload.EntryOf(identity.Client.Key, today)))
                .Where(found => found.Entry is not null)
                .ToArray()).SelectMany(found => found));
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
