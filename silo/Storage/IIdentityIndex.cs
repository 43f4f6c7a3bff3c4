using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>The keyed hash of a client's identifier; empty when the client has none that can be read.</summary>
/// <param name="Client">The client.</param>
/// <param name="Digest">32 bytes, equal for equal identifiers; nothing follows from it without the key.</param>
/// <param name="Version">The client's version from which it was computed.</param>
internal readonly record struct IdentityDigest(GrainName Client, ReadOnlyMemory<byte> Digest, long Version = 0)
{
    /// <summary>The words by which the client is found, sealed with the client's own key; empty for none.</summary>
    public ReadOnlyMemory<byte> Words { get; init; }

    /// <summary>The client as stores name it; empty for none.</summary>
    public string Name => Client.Key is null ? "" : Client.ToString();
}

/// <summary>What lies beside a client's key.</summary>
/// <param name="Client">The client.</param>
/// <param name="WrappedKey">The client's key.</param>
/// <param name="Words">Sealed with it; empty for none, and while they are not in the index yet.</param>
internal readonly record struct SealedWords(
    GrainName Client, ReadOnlyMemory<byte> WrappedKey, ReadOnlyMemory<byte> Words);

/// <summary>
/// Which clients have the same identifier, and by which words each is found. It lies beside the clients' keys, in the
/// same row: erasing a key erases this, too, and no event ever holds it. A client that is not in it yet has no entry,
/// so the index itself knows what is missing, and can be rebuilt by forgetting it.
/// </summary>
internal interface IIdentityIndex
{
    /// <summary>
    /// The stored names of the events that change what is in the index: appending one takes the entry away, in the same
    /// transaction.
    /// </summary>
    internal static IReadOnlyList<string> ChangedBy { get; } =
        ["client.details-changed", "client.contact-details-recorded"];

    /// <summary>The same for a statement: names in quotes.</summary>
    internal static string ChangedByList { get; } = string.Join(", ", ChangedBy.Select(static name => $"'{name}'"));

    /// <summary>Clients whose identifier is not in the index yet.</summary>
    ValueTask<IReadOnlyList<GrainName>> ClientsWithoutIdentity(int max);

    /// <summary>
    /// A page of the clients that share an identifier with another one, in the order of identifiers: those of one
    /// identifier stand beside each other.
    /// </summary>
    /// <param name="after">The last one of the page before; default for the first page.</param>
    /// <param name="max">How many at most; fewer only at the end.</param>
    ValueTask<IReadOnlyList<IdentityDigest>> SharedIdentities(IdentityDigest after, int max);

    /// <summary>The clients of one identifier.</summary>
    ValueTask<IReadOnlyList<GrainName>> ClientsOf(ReadOnlyMemory<byte> digest, int max);

    /// <summary>What lies beside the keys of some clients; nothing for one whose key is gone.</summary>
    ValueTask<IReadOnlyList<SealedWords>> WordsOf(IReadOnlyList<GrainName> clients);

    /// <summary>A page of all that have words, in the order of their names.</summary>
    /// <param name="after">The name of the last one of the page before; empty for the first page.</param>
    /// <param name="max">How many at most; fewer only at the end.</param>
    ValueTask<IReadOnlyList<SealedWords>> WordsAfter(string after, int max);

    /// <summary>
    /// Adds identifiers and words; durable when it completes. What is there already stays, and what is older than the
    /// last change is not taken: it is asked for again. Other events do not matter, or a client with whom many work
    /// would be read again and again.
    /// </summary>
    ValueTask Tell(IReadOnlyList<IdentityDigest> identities);
}
