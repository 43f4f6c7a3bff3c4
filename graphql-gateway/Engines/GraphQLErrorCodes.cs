namespace OsstOrleans.Gateway.Engines;

/// <summary>
/// Every <c>extensions.code</c> that engines and transports give. Resolvers add their own through <c>FieldFault</c>.
/// Clients branch on them: they may only grow. The schema describes each one.
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

    /// <summary>A fault nobody expected; <c>extensions.traceId</c> finds it in the log.</summary>
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

    /// <summary>The operation costs too much; <c>extensions</c> tells how much, and of what.</summary>
    public const string LimitCost = "LIMIT_COST";

    /// <summary>A page was asked for that is too long.</summary>
    public const string LimitPageSize = "LIMIT_PAGE_SIZE";

    /// <summary>A bulk mutation has too many lines.</summary>
    public const string LimitLines = "LIMIT_LINES";

    /// <summary>The body has too many bytes.</summary>
    public const string LimitBody = "LIMIT_BODY";

    /// <summary>The batch has too many requests.</summary>
    public const string LimitBatch = "LIMIT_BATCH";

    /// <summary>Too many operations of the caller are under way.</summary>
    public const string LimitOperations = "LIMIT_OPERATIONS";

    /// <summary>There is no trusted document of that id.</summary>
    public const string DocumentNotFound = "DOCUMENT_NOT_FOUND";

    /// <summary>Only trusted documents are taken, by their ids.</summary>
    public const string DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED";
}
