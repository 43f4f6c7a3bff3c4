namespace OsstOrleans.Silo.Storage;

/// <summary>The first outcome of a command, as stored.</summary>
internal readonly record struct StoredOutcome(string Stream, Guid CommandId, long Version, long Position)
{
    /// <summary>Of a command that changed nothing; empty otherwise, and in rows of older versions.</summary>
    public ReadOnlyMemory<byte> Seal { get; init; }
}

/// <summary>A client's wrapped key, as stored.</summary>
internal readonly record struct StoredKey(string Stream, ReadOnlyMemory<byte> Wrapped)
{
    /// <summary>The keyed hash of the client's identifier; empty for none and while it is not in the index.</summary>
    public ReadOnlyMemory<byte> Identity { get; init; }

    /// <summary>The words by which the client is found, sealed; empty for none and while they are not in the index.
    /// </summary>
    public ReadOnlyMemory<byte> Words { get; init; }
}

/// <summary>Something kept by consent, as stored.</summary>
internal readonly record struct StoredConsentEntry(
    string Stream, ReadOnlyMemory<byte> Mark, ReadOnlyMemory<byte> Sealed)
{
    /// <summary>Empty in rows of older versions.</summary>
    public ReadOnlyMemory<byte> Seal { get; init; }
}

/// <summary>A line of the use log and its place in it, from 1.</summary>
internal readonly record struct StoredAccess(long Number, UseLine Line)
{
    /// <summary>Its place in its writer's chain; none in lines of older versions.</summary>
    public ChainLink Link { get; init; }

    /// <summary>Empty in rows of older versions.</summary>
    public ReadOnlyMemory<byte> Seal { get; init; }
}

/// <summary>A line of the disclosure log and its place in it, from 1.</summary>
internal readonly record struct StoredDisclosure(long Number, DisclosureLine Line)
{
    /// <summary>Its place in its writer's chain; none in lines of older versions.</summary>
    public ChainLink Link { get; init; }

    /// <summary>Empty in rows of older versions.</summary>
    public ReadOnlyMemory<byte> Seal { get; init; }
}

/// <summary>A row of notes, as stored.</summary>
internal readonly record struct StoredNote(NoteRow Row)
{
    /// <summary>Empty in rows of older versions.</summary>
    public ReadOnlyMemory<byte> Seal { get; init; }
}

/// <summary>
/// Everything of a store that is not derived, in pages: each call goes on after the last row of the page before, and
/// the first one begins with the very first row, wherever it was put: <c>after</c> is null then.
/// </summary>
internal interface IStoredTables
{
    Task<IReadOnlyList<StoredEvent>> Events(long? after, int max);

    Task<IReadOnlyList<StoredOutcome>> Outcomes(StoredOutcome? after, int max);

    Task<IReadOnlyList<StoredKey>> Keys(string? after, int max);

    Task<IReadOnlyList<StoredConsentEntry>> ConsentEntries(StoredConsentEntry? after, int max);

    /// <summary>From the first on, page after page: the numbers are the lines' places.</summary>
    Task<IReadOnlyList<StoredAccess>> Accesses(long? after, int max);

    /// <summary>As the lines of the use log.</summary>
    Task<IReadOnlyList<StoredDisclosure>> Disclosures(long? after, int max);

    /// <summary>What is kept beside the log.</summary>
    Task<IReadOnlyList<StoredNote>> Notes(StoredNote? after, int max);

    /// <summary>The mark of the log's master key; null before the log is first used.</summary>
    Task<string?> KeyMark();
}

/// <summary>A store's tables while somebody reads all of them.</summary>
internal interface IOpenTables : IStoredTables, IAsyncDisposable;

/// <summary>An empty or half filled store that takes another one's rows. What it has already it leaves as it is.
/// </summary>
internal interface ICopyTarget : IStoredTables
{
    /// <summary>Where the copying of events stopped; 0 for nowhere.</summary>
    long LastPosition { get; }

    Task Add(IReadOnlyList<StoredEvent> events);

    Task Add(IReadOnlyList<StoredOutcome> outcomes);

    Task Add(IReadOnlyList<StoredKey> keys);

    Task Add(IReadOnlyList<StoredConsentEntry> kept);

    Task Add(IReadOnlyList<StoredAccess> lines);

    Task Add(IReadOnlyList<StoredDisclosure> lines);

    Task Add(IReadOnlyList<StoredNote> notes);

    Task AddKeyMark(string mark);

    /// <summary>The copy is whole and has been compared: from now on it is a store.</summary>
    Task Finish();
}
