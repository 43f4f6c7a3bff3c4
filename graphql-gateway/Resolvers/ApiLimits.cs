using System.ComponentModel.DataAnnotations;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>What one request may ask for: of the engine, and of the platform's own resolvers.</summary>
internal sealed record ApiLimits : GraphQLLimits
{
    /// <summary>Lines of one page; never fewer than the contract's usual page has.</summary>
    [Range(50, 10_000)]
    public int MaxPageSize { get; init; } = 200;

    /// <summary>Lines of one bulk mutation.</summary>
    [Range(1, 10_000)]
    public int MaxImportLines { get; init; } = 500;

    /// <summary>Commands of one batch.</summary>
    [Range(1, 2_000)]
    public int MaxCommands { get; init; } = 200;

    /// <summary>Searches for clients that a caller may make in a minute.</summary>
    [Range(1, 10_000)]
    public int MaxSearchesPerMinute { get; init; } = 30;
}
