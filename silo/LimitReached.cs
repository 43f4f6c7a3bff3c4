namespace OsstOrleans.Silo;

/// <summary>
/// A bound was met (queue length, activation count, waiting time). Nothing was stored; try again later.
/// </summary>
public sealed class LimitReached(string code, string message) : Exception(message)
{
    /// <summary>Stable and documented in the schema, e.g. <c>GRAIN_BUSY</c>.</summary>
    public string Code { get; } = code;
}
