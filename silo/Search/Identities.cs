using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Search;

/// <summary>
/// Writes each client's identifier and words to the index, so that one person registered twice is found, and each by
/// name. A client enters the index after its first event, never with it: the event's words are opened with the client's
/// own key.
/// </summary>
internal sealed class Identities(GrainServices services)
{
    private const int AtOnce = 256;

    /// <summary>Clients whose key or words are damaged: left out until the next start, so that the others go on.
    /// </summary>
    private readonly HashSet<GrainName> _unreadable = [];

    private readonly byte[] _key = services.MasterKey.DeriveKey("identities of clients");

    private IIdentityIndex Index => (IIdentityIndex)services.Store;

    /// <summary>Writes what is missing, until nothing is.</summary>
    public async Task CatchUp(CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested
            && await Index.ClientsWithoutIdentity(AtOnce + _unreadable.Count) is var missing
            && missing.Where(client => !_unreadable.Contains(client)).ToArray() is { Length: > 0 } clients)
        {
            var told = new List<IdentityDigest>(clients.Length);
            foreach (var client in clients)
            {
                if (await TryDigest(client) is { } digest)
                {
                    told.Add(digest);
                }
            }
            await Index.Tell(told);
        }
    }

    /// <summary>A client's entry as it should be; null when the client cannot be read.</summary>
    public async ValueTask<IdentityDigest?> TryDigest(GrainName client)
    {
        var tail = await services.Store.Load(client, afterVersion: 0);
        try
        {
            var keys = tail.KeysOf(client, services.MasterKey);
            var told = ToldOf(client, tail, keys);
            var words = keys.Own is { } own ? ClientWords.Of(told)?.Seal(client, own) : null;
            return new IdentityDigest(client, DigestOf(told), tail.Events.Count) { Words = words };
        }
        catch (Exception fault) when (fault is not StoreFault { IsPassing: true })
        {
            _unreadable.Add(client);
            return null;
        }
    }

    /// <summary>The entries that clients have of an identifier, which may be of either kind.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> DigestsOf(string identifier) =>
        [Hash("code", new PersonalText(identifier)), Hash("temporary", new PersonalText(identifier))];

    /// <summary>What lies beside a key, opened; null when it cannot be.</summary>
    /// <exception cref="StoreFault">The master key in use does not open the client's.</exception>
    public ClientWords? Open(in SealedWords words) => ClientWords.Open(
        words.Client, services.MasterKey.Unwrap(words.Client, words.WrappedKey), words.Words);

    /// <summary>The events that tell of identifiers and words, in their order.</summary>
    private static List<IEvent> ToldOf(GrainName client, StreamTail tail, ClientKeys keys)
    {
        var codec = new EventCodec(client) { Keys = keys };
        return
        [
            .. tail.Events
                .Where(stored => stored.Version == 1 || IIdentityIndex.ChangedBy.Contains(stored.Type))
                .Select(stored => codec.Decode(stored)).OfType<IEvent>(),
        ];
    }

    /// <summary>Empty when the client has no identifier, or none that can be read any more.</summary>
    private ReadOnlyMemory<byte> DigestOf(List<IEvent> told)
    {
        var registered = told.Aggregate(ClientDecider.Initial, static (client, happened) =>
            ClientDecider.Evolve(client, happened, DateOnly.MinValue)).Registered;
        return Hash("code", registered?.PersonalIdentityCode) is { IsEmpty: false } code
            ? code
            : Hash("temporary", registered?.TemporaryIdentifier);
    }

    /// <summary>The two kinds of identifiers never meet.</summary>
    private ReadOnlyMemory<byte> Hash(string kind, PersonalText? identifier) =>
        identifier is { IsEmpty: false } given
            ? HMACSHA256.HashData(
                _key, Encoding.UTF8.GetBytes($"{kind}:{TextForm.OfIdentifier(given.Reveal()!).ToUpperInvariant()}"))
            : ReadOnlyMemory<byte>.Empty;
}
