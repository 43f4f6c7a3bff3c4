namespace OsstOrleans.GraphQL;

/// <summary>
/// Every <c>extensions.code</c> that an engine gives. Resolvers add their own through <c>FieldFault</c>, transports add
/// theirs. Clients branch on them: they may only grow.
/// </summary>
public static class GraphQLErrorCodes
{
    /// <summary>The request's JSON is unusable: not an object, no query, a wrong type.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>The document is no GraphQL.</summary>
    public const string Syntax = "SYNTAX";

    /// <summary>The document is GraphQL, but does not fit the schema.</summary>
    public const string Validation = "VALIDATION";

    /// <summary>No operation of that name, or a name is needed to choose among several.</summary>
    public const string Operation = "OPERATION";

    /// <summary>A variable's value does not fit its type.</summary>
    public const string Variables = "VARIABLES";

    /// <summary>A field that may not be null has no value, or a value its type cannot carry.</summary>
    public const string NullValue = "NULL_VALUE";

    /// <summary>An unexpected fault; <c>extensions.traceId</c> finds it in the log.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>The execution's time was up, or the caller went away.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>The document has too many bytes.</summary>
    public const string LimitBytes = "LIMIT_BYTES";

    /// <summary>The document has too many tokens.</summary>
    public const string LimitTokens = "LIMIT_TOKENS";

    /// <summary>The document nests too deep.</summary>
    public const string LimitDepth = "LIMIT_DEPTH";

    /// <summary>One operation has too many aliases.</summary>
    public const string LimitAliases = "LIMIT_ALIASES";

    /// <summary>One operation selects too many fields, fragments spread out.</summary>
    public const string LimitSelections = "LIMIT_SELECTIONS";

    /// <summary>One operation spreads too many fragments.</summary>
    public const string LimitFragments = "LIMIT_FRAGMENTS";

    /// <summary>Checking that fields can be merged would take too long.</summary>
    public const string LimitComparisons = "LIMIT_COMPARISONS";

    /// <summary>An introspection nests lists too deep.</summary>
    public const string LimitIntrospection = "LIMIT_INTROSPECTION";

    /// <summary>The operation costs too much; <c>extensions</c> says how much, and of what.</summary>
    public const string LimitCost = "LIMIT_COST";

    /// <summary>A list of scalars or enum values in an argument or variable is too long.</summary>
    public const string LimitItems = "LIMIT_ITEMS";

    /// <summary>The batch has too many requests.</summary>
    public const string LimitBatch = "LIMIT_BATCH";
}
