using OsstOrleans.GraphQL.Binding;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Validation;

namespace OsstOrleans.GraphQL.Requests;

/// <summary>
/// From text to a prepared document: parse, measure, validate. Each step only sees what the last let through.
/// </summary>
internal static class DocumentPreparation
{
    public static PreparedDocument Prepare(string text, ExecutableSchema schema, GraphQLOptions options)
    {
        var limits = options.Limits;
        Document document;
        try
        {
            document = Parser.Parse(text, limits);
        }
        catch (SyntaxFault fault)
        {
            return new PreparedDocument(text, [GraphQLError.At(fault.Code, fault.Message, text, fault.At)]);
        }
        if (DocumentMeasure.Excess(document, limits) is { } excess)
        {
            return new PreparedDocument(text, [excess]);
        }
        var errors = Validator.Validate(schema.Schema, document, limits, options.Suggests);
        return errors.Count > 0 ? new PreparedDocument(text, errors) : new PreparedDocument(schema, document);
    }
}
