using System.Collections.Frozen;

namespace OsstOrleans.Gateway.Engines.HotChocolate.Answers;

/// <summary>HotChocolate's error codes (its class <c>ErrorCodes</c>) as the platform's.</summary>
internal static class ErrorCodeMap
{
    /// <summary>What the engine says of any fault that is not its own; it then gives no code.</summary>
    private const string UnexpectedMessage = "Unexpected Execution Error";

    private static readonly FrozenDictionary<string, string> s_ofField = new Dictionary<string, string>
    {
        ["EXEC_INVALID_LEAF_VALUE"] = GraphQLErrorCodes.NullValue,
        ["HC0001"] = GraphQLErrorCodes.Variables,
        ["HC0002"] = GraphQLErrorCodes.Variables,
        ["HC0016"] = GraphQLErrorCodes.Variables,
        ["HC0017"] = GraphQLErrorCodes.Variables,
        ["HC0018"] = GraphQLErrorCodes.NullValue,
        ["HC0045"] = GraphQLErrorCodes.Timeout,
        ["HC0049"] = GraphQLErrorCodes.Timeout,
        ["HC0054"] = GraphQLErrorCodes.Variables,
        ["HC0055"] = GraphQLErrorCodes.Variables,
        ["HC0056"] = GraphQLErrorCodes.Variables,
        ["HC0057"] = GraphQLErrorCodes.Variables,
        ["HC0088"] = GraphQLErrorCodes.NullValue,
    }.ToFrozenDictionary();

    /// <param name="code">The engine's code; null when it gave none.</param>
    /// <param name="message">Its sentence.</param>
    /// <param name="hasRun">False when the request itself is at fault: it then has no code.</param>
    /// <param name="namesVariable">True when the error says which variable it is about.</param>
    public static string Of(string? code, string message, bool hasRun, bool namesVariable = false) =>
        hasRun ? s_ofField.GetValueOrDefault(code ?? "", GraphQLErrorCodes.Internal)
        : message == UnexpectedMessage ? GraphQLErrorCodes.Internal
        // The gate has let the request through: here the engine is stricter than the gate, about a variable's value or
        // about the document. It gives no code for either.
        : namesVariable ? GraphQLErrorCodes.Variables
        : GraphQLErrorCodes.Validation;
}
