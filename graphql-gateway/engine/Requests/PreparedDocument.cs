using OsstOrleans.GraphQL.Binding;
using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Requests;

/// <summary>A document that is valid against the schema, or the errors that say why not.</summary>
internal sealed class PreparedDocument
{
    private readonly PreparedOperation[] _operations;

    public PreparedDocument(string text, IReadOnlyList<GraphQLError> errors)
    {
        Text = text;
        Errors = errors;
        Fragments = new Dictionary<string, FragmentDefinition>();
        _operations = [];
    }

    public PreparedDocument(ExecutableSchema schema, Document document)
    {
        Text = document.Text;
        Errors = [];
        Fragments = document.Definitions.OfType<FragmentDefinition>().ToDictionary(f => f.Name.Text);
        _operations = [.. document.Definitions.OfType<OperationDefinition>()
            .Select(o => new PreparedOperation(schema, this, o))];
    }

    public string Text { get; }

    public IReadOnlyList<GraphQLError> Errors { get; }

    public IReadOnlyDictionary<string, FragmentDefinition> Fragments { get; }

    /// <summary>
    /// Chooses the operation (specification section 6.1); null with an error when none or no one fits.
    /// </summary>
    public PreparedOperation? Operation(string? name, out GraphQLError? error)
    {
        error = null;
        if (name is null && _operations.Length == 1)
        {
            return _operations[0];
        }
        var found = name is null ? null : Array.Find(_operations, o => o.Definition.Name?.Text == name);
        if (found is not null)
        {
            return found;
        }
        error = OperationChoice.Fault(name, _operations.Length);
        return null;
    }
}
