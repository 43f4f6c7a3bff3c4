using Orleans;

namespace OsstOrleans.Silo.Faults;

/// <summary>
/// The store cannot do its work (disk full, disk fault, server away). The message is one sentence without personal
/// data.
/// </summary>
[GenerateSerializer]
[Alias("osst.store-fault")]
public sealed class StoreFault(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// True when it may pass without a new start: a server or a disk that is away comes back. False for what is
    /// damaged, and for a store that accepts nothing more.
    /// </summary>
    [Id(0)]
    public bool IsPassing { get; init; }

    /// <summary>What is stored is not what was written.</summary>
    /// <param name="what">The beginning of the sentence; it names no content.</param>
    public static StoreFault Damaged(string what) => new($"{what} cannot be read, its bytes are damaged.");

    /// <summary>Once the older processes are gone, the same command gets its answer.</summary>
    internal static StoreFault OtherVersion => new(
        "An older version still serves this and does not know it; ask again with the same command id.")
    {
        IsPassing = true,
    };
}

/// <summary>
/// The store must not be opened: damaged, foreign, read-only or in use. One clear sentence; data untouched.
/// </summary>
public class StoreRefusal(string message) : Exception(message)
{
    /// <summary>True when nothing is wrong with it: another process works on it.</summary>
    public bool IsInUse { get; init; }
}
