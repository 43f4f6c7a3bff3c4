namespace OsstOrleans.Gateway.Engines;

/// <summary>
/// What one request may ask for. Past a limit comes an error with its own code, before any work is done.
/// </summary>
public sealed record GraphQLLimits
{
    /// <summary>Characters of one document.</summary>
    public int MaxDocumentLength { get; init; } = 256 * 1024;

    /// <summary>Tokens of one document.</summary>
    public int MaxTokens { get; init; } = 20_000;

    /// <summary>Levels of braces and brackets in the text; bounds the parser's recursion.</summary>
    public int MaxNesting { get; init; } = 64;

    /// <summary>Levels of fields, fragments spread out.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Aliased fields of one operation, fragments spread out.</summary>
    public int MaxAliases { get; init; } = 200;

    /// <summary>Fields of one operation, fragments spread out.</summary>
    public int MaxSelections { get; init; } = 5_000;

    /// <summary>Fragment spreads of one operation, those inside fragments counted each time.</summary>
    public int MaxFragmentVisits { get; init; } = 1_000;

    /// <summary>Steps of the check that overlapping fields can be merged.</summary>
    public int MaxComparisons { get; init; } = 200_000;

    /// <summary>Nested lists of fields, interfaces, possible types or input fields within an introspection.</summary>
    public int MaxIntrospectionDepth { get; init; } = 3;

    /// <summary>False refuses <c>__schema</c> and <c>__type</c>.</summary>
    public bool AllowIntrospection { get; init; } = true;

    /// <summary>Errors reported in one answer; those after are dropped.</summary>
    public int MaxErrors { get; init; } = 50;

    /// <summary>Resolver calls of one request under way at once.</summary>
    public int MaxConcurrentResolvers { get; init; } = 16;

    /// <summary>Plans kept for reuse.</summary>
    public int MaxCachedPlans { get; init; } = 1_000;
}
