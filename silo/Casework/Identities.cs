using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Writes each client's identifier to the index, so that one person registered twice is found. A client enters the
/// index after its first event, never with it: the event's words are opened with the client's own key.
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
            return new IdentityDigest(client, DigestOf(client, tail), tail.Events.Count);
        }
        catch (Exception fault) when (fault is not StoreFault { IsPassing: true })
        {
            _unreadable.Add(client);
            return null;
        }
    }

    /// <summary>Empty when the client has no identifier, or none that can be read any more.</summary>
    private ReadOnlyMemory<byte> DigestOf(GrainName client, StreamTail tail)
    {
        var codec = new EventCodec(client) { Cipher = services.MasterKey.Unwrap(client, tail.WrappedKey) };
        var registered = tail.Events
            .Where(stored => stored.Version == 1 || stored.Type == IIdentityIndex.ChangedBy)
            .Select(stored => codec.Decode(stored))
            .OfType<IEvent>()
            .Aggregate(ClientDecider.Initial, static (client, happened) =>
                ClientDecider.Evolve(client, happened, DateOnly.MinValue))
            .Registered;
        return (Named("code", registered?.PersonalIdentityCode) ?? Named("temporary", registered?.TemporaryIdentifier))
            is { } identifier
                ? HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(identifier))
                : ReadOnlyMemory<byte>.Empty;
    }

    /// <summary>The two kinds of identifiers never meet.</summary>
    private static string? Named(string kind, PersonalText? identifier) =>
        identifier is { IsEmpty: false } given ? $"{kind}:{given.Reveal()!.Trim().ToUpperInvariant()}" : null;
}
