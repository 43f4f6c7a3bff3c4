using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Suggestions;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>
/// One rule of specification section 5. All rules watch the same walk over the document; those about the whole
/// document speak at its end.
/// </summary>
internal abstract class Rule
{
    public virtual void Enter(Node node, ValidationContext context)
    {
    }

    public virtual void Leave(Node node, ValidationContext context)
    {
    }
}

/// <summary>
/// What rules share: the schema, the document, the types at the present place of the walk, and the errors.
/// </summary>
internal sealed class ValidationContext
{
    private readonly List<GraphQLError> _errors = [];

    public ValidationContext(Schema schema, Document document, GraphQLLimits limits, bool suggests)
    {
        Schema = schema;
        Document = document;
        Limits = limits;
        Suggests = suggests;
        Fragments = document.Definitions.OfType<FragmentDefinition>()
            .DistinctBy(f => f.Name.Text).ToDictionary(f => f.Name.Text);
        Usages = new FragmentUsages(this);
    }

    public Schema Schema { get; }

    public Document Document { get; }

    public GraphQLLimits Limits { get; }

    /// <summary>Messages may name what the schema has instead.</summary>
    public bool Suggests { get; }

    public IReadOnlyDictionary<string, FragmentDefinition> Fragments { get; }

    public FragmentUsages Usages { get; }

    public IReadOnlyList<GraphQLError> Errors => _errors;

    /// <summary>An answer has no more errors than this.</summary>
    public bool IsFull => _errors.Count >= Limits.MaxErrors;

    /// <summary>Fragments spread in a circle: what follows spreads must not be followed.</summary>
    public bool HasFragmentCycle { get; set; }

    /// <summary>The type whose selection set we are in.</summary>
    public NamedType? Parent { get; set; }

    /// <summary>The field we are in; null when the parent has none of that name.</summary>
    public FieldType? Field { get; set; }

    /// <summary>The directive we are in.</summary>
    public DirectiveType? Directive { get; set; }

    /// <summary>What may have been meant by an unknown name; empty where nothing may be suggested.</summary>
    public string Near(string written, IEnumerable<string> known) => Suggests ? Suggestion.For(written, known) : "";

    public void Report(string message, params IEnumerable<Node> at) =>
        Report(GraphQLErrorCodes.Validation, message, at);

    public void Report(string code, string message, IEnumerable<Node> at)
    {
        if (!IsFull)
        {
            _errors.Add(GraphQLError.At(code, message, Document.Text, at.Select(n => n.At)));
        }
    }

    public GraphType? TypeOf(TypeNode node)
    {
        switch (node)
        {
            case ListTypeNode list:
                return TypeOf(list.Of) is { } item ? new ListType(item) : null;
            case NonNullTypeNode required:
                return TypeOf(required.Of) is { } inner ? new NonNullType(inner) : null;
            default:
                return Schema.Type(((NamedTypeNode)node).Name.Text);
        }
    }
}
