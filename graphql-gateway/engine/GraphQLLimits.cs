using System.ComponentModel.DataAnnotations;

namespace OsstOrleans.GraphQL;

/// <summary>
/// What one request may ask for. Past a limit comes an error with its own code, before any work is done. A host that
/// lets people set them keeps to the ranges; it may derive a record with limits of its own resolvers.
/// </summary>
public record GraphQLLimits
{
    /// <summary>Characters of one document.</summary>
    [Range(1_024, 1 << 26)]
    public int MaxDocumentLength { get; init; } = 256 * 1024;

    /// <summary>Tokens of one document.</summary>
    [Range(100, 10_000_000)]
    public int MaxTokens { get; init; } = 20_000;

    /// <summary>Levels of braces and brackets in the text; bounds the parser's recursion.</summary>
    [Range(8, 200)]
    public int MaxNesting { get; init; } = 64;

    /// <summary>Levels of fields, fragments spread out.</summary>
    [Range(4, 200)]
    public int MaxDepth { get; init; } = 32;

    /// <summary>Aliased fields of one operation, fragments spread out.</summary>
    [Range(0, 100_000)]
    public int MaxAliases { get; init; } = 200;

    /// <summary>Fields of one operation, fragments spread out.</summary>
    [Range(10, 1_000_000)]
    public int MaxSelections { get; init; } = 5_000;

    /// <summary>Fragment spreads of one operation, those inside fragments counted each time.</summary>
    [Range(0, 1_000_000)]
    public int MaxFragmentVisits { get; init; } = 1_000;

    /// <summary>Steps of the check that overlapping fields can be merged.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxComparisons { get; init; } = 200_000;

    /// <summary>Nested lists of fields, interfaces, possible types or input fields within an introspection.</summary>
    [Range(1, 10)]
    public int MaxIntrospectionDepth { get; init; } = 3;

    /// <summary>Points of work: fields by their <c>@cost</c>, times the sizes of the lists they stand in.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxFieldCost { get; init; } = 50_000;

    /// <summary>Points of data: objects that the answer may hold.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxTypeCost { get; init; } = 50_000;

    /// <summary>
    /// Scalars or enum values of one list in an argument. Lists of input objects are judged by what takes them.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxListItems { get; init; } = 500;

    internal string TooManyItems => $"A list has at most {MaxListItems} items here.";

    /// <summary>Errors reported in one answer; those after are dropped.</summary>
    [Range(1, 10_000)]
    public int MaxErrors { get; init; } = 50;

    /// <summary>Resolver calls of one request under way at once.</summary>
    [Range(1, 1_000)]
    public int MaxConcurrentResolvers { get; init; } = 16;

    /// <summary>Plans kept for reuse.</summary>
    [Range(0, 1_000_000)]
    public int MaxCachedPlans { get; init; } = 1_000;
}
