namespace OsstOrleans.GraphQL;

/// <summary>
/// An expected failure of one field, thrown by a resolver. The answer gets an error at the field's path with
/// <c>extensions.code</c>, and null in the field's place. Any other exception is masked as an unexpected fault.
/// </summary>
public sealed class FieldFault : Exception
{
    /// <param name="code">Stable, documented in the schema, UPPER_SNAKE_CASE.</param>
    /// <param name="message">One plain sentence without personal data.</param>
    /// <param name="extensions">
    /// Further entries of the error's <c>extensions</c>: strings, numbers, booleans, null, lists and dictionaries
    /// of these.
    /// </param>
    public FieldFault(string code, string message, IReadOnlyDictionary<string, object?>? extensions = null)
        : base(message)
    {
        Code = code;
        Extensions = extensions;
    }

    /// <summary>The <c>extensions.code</c>.</summary>
    public string Code { get; }

    /// <summary>Further entries of the error's <c>extensions</c>; null for none.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; }
}
