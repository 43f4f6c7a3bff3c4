using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Proof.Tests.Simulated;

/// <summary>What lies beside the keys of clients.</summary>
internal sealed partial class MemoryStore : IIdentityIndex
{
    private readonly Dictionary<GrainName, IdentityDigest> _identities = [];

    public ValueTask<IReadOnlyList<GrainName>> ClientsWithoutIdentity(int max) => new(Held(() =>
        (IReadOnlyList<GrainName>)[.. ClientsWithKeys().Where(client => !_identities.ContainsKey(client)).Take(max)]));

    public ValueTask<IReadOnlyList<IdentityDigest>> SharedIdentities(IdentityDigest after, int max) => new(Held(() =>
    {
        var told = ClientsWithKeys().Where(client => _identities.TryGetValue(client, out var it) && !it.Digest.IsEmpty)
            .GroupBy(client => Convert.ToHexString(_identities[client].Digest.Span), StringComparer.Ordinal)
            .Where(same => same.Count() > 1).OrderBy(same => same.Key, StringComparer.Ordinal);
        return (IReadOnlyList<IdentityDigest>)
        [
            .. told.SelectMany(same => same.Select(it => _identities[it])
                .OrderBy(it => it.Name, StringComparer.Ordinal))
                .Where(it => IsAfter(it, after)).Take(max),
        ];
    }));

    private static bool IsAfter(in IdentityDigest one, in IdentityDigest other) =>
        one.Digest.Span.SequenceCompareTo(other.Digest.Span) is var order && order != 0
            ? order > 0
            : string.CompareOrdinal(one.Name, other.Name) > 0;

    public ValueTask Tell(IReadOnlyList<IdentityDigest> identities) => Done(() =>
    {
        foreach (var told in identities.Where(told => !KeyOf(told.Client.ToString()).IsEmpty
            && !StreamOf(told.Client).Any(stored =>
                stored.Version > told.Version && IIdentityIndex.ChangedBy.Contains(stored.Type))))
        {
            _identities.TryAdd(told.Client, told);
        }
    });

    public ValueTask<IReadOnlyList<GrainName>> ClientsOf(ReadOnlyMemory<byte> digest, int max) => new(Held(() =>
        (IReadOnlyList<GrainName>)[.. _identities.Values
            .Where(it => !digest.IsEmpty && it.Digest.Span.SequenceEqual(digest.Span))
            .Select(it => it.Client).Take(max)]));

    public ValueTask<IReadOnlyList<SealedWords>> WordsOf(IReadOnlyList<GrainName> clients) => new(Held(() =>
        (IReadOnlyList<SealedWords>)[.. ClientsWithKeys().Where(clients.Contains).Select(Words)]));

    public ValueTask<IReadOnlyList<SealedWords>> WordsAfter(string after, int max) => new(Held(() =>
        (IReadOnlyList<SealedWords>)[.. ClientsWithKeys().Where(_identities.ContainsKey)
            .Where(client => string.CompareOrdinal(client.ToString(), after) > 0).Take(max).Select(Words)]));

    private SealedWords Words(GrainName client) =>
        new(client, KeyOf(client.ToString()), _identities.GetValueOrDefault(client).Words);

    private IEnumerable<GrainName> ClientsWithKeys() => _keys.Keys
        .Select(stream => GrainName.TryParse(stream, out var client) ? client : default)
        .Where(client => client.Key is not null);
}
