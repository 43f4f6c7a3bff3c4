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
    /// <summary>True when it may pass by itself: a server that is away comes back.</summary>
    [Id(0)]
    public bool IsPassing { get; init; }

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
public sealed class StoreRefusal(string message) : Exception(message)
{
    /// <summary>True when nothing is wrong with it: another process works on it.</summary>
    public bool IsInUse { get; init; }
}
