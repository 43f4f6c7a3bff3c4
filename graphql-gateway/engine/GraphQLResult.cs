namespace OsstOrleans.GraphQL;

/// <summary>How a request ended; a transport chooses its status by it.</summary>
public enum GraphQLOutcome
{
    /// <summary>Data and no errors.</summary>
    Success,

    /// <summary>The operation ran; some fields, or all of the data, are null with errors.</summary>
    FieldErrors,

    /// <summary>
    /// Nothing ran: the document, the operation's name or the variables are at fault. There is no data.
    /// </summary>
    RequestError,
}

/// <summary>What is to be known of an answer beside its text.</summary>
/// <param name="Outcome">How the request ended.</param>
/// <param name="Operation">What kind of operation ran; null when none did.</param>
/// <param name="FirstErrorCode">The first error's code; null when there is none.</param>
public readonly record struct GraphQLResult(GraphQLOutcome Outcome, OperationKind? Operation, string? FirstErrorCode);

/// <summary>One answer of a subscription. The text is only valid until the next one is asked for.</summary>
public readonly record struct GraphQLEvent(GraphQLResult Result, ReadOnlyMemory<byte> Json);
