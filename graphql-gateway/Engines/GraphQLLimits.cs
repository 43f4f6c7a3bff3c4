using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Engines;

/// <summary>
/// What one request may ask for. Past a limit comes an error with its own code, before any work is done.
/// </summary>
public sealed record GraphQLLimits
{
    /// <summary>Characters of one document.</summary>
    [Within(1_024, 1 << 26)]
    public int MaxDocumentLength { get; init; } = 256 * 1024;

    /// <summary>Tokens of one document.</summary>
    [Within(100, 10_000_000)]
    public int MaxTokens { get; init; } = 20_000;

    /// <summary>Levels of braces and brackets in the text; bounds the parser's recursion.</summary>
    [Within(8, 200)]
    public int MaxNesting { get; init; } = 64;

    /// <summary>Levels of fields, fragments spread out.</summary>
    [Within(4, 200)]
    public int MaxDepth { get; init; } = 32;

    /// <summary>Aliased fields of one operation, fragments spread out.</summary>
    [Within(0, 100_000)]
    public int MaxAliases { get; init; } = 200;

    /// <summary>Fields of one operation, fragments spread out.</summary>
    [Within(10, 1_000_000)]
    public int MaxSelections { get; init; } = 5_000;

    /// <summary>Fragment spreads of one operation, those inside fragments counted each time.</summary>
    [Within(0, 1_000_000)]
    public int MaxFragmentVisits { get; init; } = 1_000;

    /// <summary>Steps of the check that overlapping fields can be merged.</summary>
    [Within(1_000, 100_000_000)]
    public int MaxComparisons { get; init; } = 200_000;

    /// <summary>Nested lists of fields, interfaces, possible types or input fields within an introspection.</summary>
    [Within(1, 10)]
    public int MaxIntrospectionDepth { get; init; } = 3;

    /// <summary>Points of work: fields by their <c>@cost</c>, times the sizes of the lists they stand in.</summary>
    [Within(1, 1_000_000_000)]
    public int MaxFieldCost { get; init; } = 50_000;

    /// <summary>Points of data: objects that the answer may hold.</summary>
    [Within(1, 1_000_000_000)]
    public int MaxTypeCost { get; init; } = 50_000;

    /// <summary>Lines of one page; never fewer than the contract's usual page has.</summary>
    [Within(50, 10_000)]
    public int MaxPageSize { get; init; } = 200;

    /// <summary>Lines of one bulk mutation.</summary>
    [Within(1, 10_000)]
    public int MaxImportLines { get; init; } = 500;

    /// <summary>Errors reported in one answer; those after are dropped.</summary>
    [Within(1, 10_000)]
    public int MaxErrors { get; init; } = 50;

    /// <summary>Resolver calls of one request under way at once.</summary>
    [Within(1, 1_000)]
    public int MaxConcurrentResolvers { get; init; } = 16;

    /// <summary>Plans kept for reuse.</summary>
    [Within(0, 1_000_000)]
    public int MaxCachedPlans { get; init; } = 1_000;
}
