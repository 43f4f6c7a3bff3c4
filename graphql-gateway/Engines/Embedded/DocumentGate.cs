using System.Collections.Concurrent;
using OsstOrleans.Gateway.Engines.Embedded.Language;
using OsstOrleans.Gateway.Engines.Embedded.Types;
using OsstOrleans.Gateway.Engines.Embedded.Validation;

namespace OsstOrleans.Gateway.Engines.Embedded;

/// <summary>
/// This engine's parser and limits for the use of another engine. Of validation it tells only the limits: what does not
/// fit the schema is the other engine's to say.
/// </summary>
internal sealed class DocumentGate(string sdl, GraphQLLimits limits) : IDocumentGate
{
    /// <summary>Longer documents are rare and costly to keep.</summary>
    private const int MaxKeptLength = 64 * 1024;

    private readonly Schema _schema = SchemaBuilder.Build(sdl);
    private readonly ConcurrentDictionary<string, DocumentFacts> _known = new(StringComparer.Ordinal);

    public DocumentFacts Check(string text)
    {
        if (_known.TryGetValue(text, out var facts))
            return facts;
        facts = Judge(text);
        if (!facts.IsValid || text.Length > MaxKeptLength)
            return facts;
        if (_known.Count >= limits.MaxCachedPlans)
            _known.Clear();
        _known[text] = facts;
        return facts;
    }

    private DocumentFacts Judge(string text)
    {
        Document document;
        try
        {
            document = Parser.Parse(text, limits);
        }
        catch (SyntaxFault fault)
        {
            return new DocumentFacts([GraphQLError.At(fault.Code, fault.Message, text, fault.At)], []);
        }
        if (DocumentMeasure.Excess(document, limits) is { } excess)
            return new DocumentFacts([excess], []);
        var errors = Validator.Validate(_schema, document, limits);
        return errors.Count == 0
            ? new DocumentFacts([], [.. document.Definitions.OfType<OperationDefinition>()
                .Select(operation => (operation.Name?.Text, operation.Kind))]) { IsValid = true }
            : new DocumentFacts([.. errors.Where(error => error.Code != GraphQLErrorCodes.Validation)], []);
    }
}
