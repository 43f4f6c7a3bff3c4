namespace OsstOrleans.GraphQL;

/// <summary>
/// The SDL, or the resolvers bound to it, do not make a schema. The first sentence says what is wrong.
/// </summary>
public sealed class SchemaException : Exception
{
    /// <summary>Lists every fault that was found, one sentence each.</summary>
    public SchemaException(IReadOnlyList<string> faults)
        : base(faults.Count == 1
            ? faults[0] : $"{faults[0]} ({faults.Count - 1} more: {string.Join(" ", faults.Skip(1))})") =>
        Faults = faults;

    /// <summary>Every fault found, one sentence each.</summary>
    public IReadOnlyList<string> Faults { get; }
}
