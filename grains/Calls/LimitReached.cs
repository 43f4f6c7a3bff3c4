using Orleans;

namespace OsstOrleans.Grains.Calls;

/// <summary>
/// A bound was met (queue length, activation count, waiting time). Nothing was stored; try again later.
/// </summary>
[GenerateSerializer]
[Alias("osst.limit-reached")]
public sealed class LimitReached(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="LimitCodes"/>, documented in the schema.</summary>
    [Id(0)]
    public string Code { get; } = code;
}

/// <summary>Which bound was met. Clients branch on these: they may only grow.</summary>
public static class LimitCodes
{
    /// <summary>Too many calls wait for one grain.</summary>
    public const string GrainBusy = "GRAIN_BUSY";

    /// <summary>Other processes keep changing one grain.</summary>
    public const string GrainContended = "GRAIN_CONTENDED";

    /// <summary>Too many writes wait for the disk.</summary>
    public const string StoreBusy = "STORE_BUSY";

    /// <summary>A position of the log is not in the projections yet.</summary>
    public const string NotYetVisible = "NOT_YET_VISIBLE";

    /// <summary>Who belongs to the registers' staff is not known at present, so that no relationship can be verified.
    /// </summary>
    public const string StaffNotCurrent = "STAFF_NOT_CURRENT";

    /// <summary>A process that has just started still reads the words to search by.</summary>
    public const string SearchNotReady = "SEARCH_NOT_READY";
}
