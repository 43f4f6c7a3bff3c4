using System.Text;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Selections;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>One field at one place of an operation: all its mentions merged, whatever the value's CLR type.</summary>
internal sealed class FieldSite
{
    private readonly string _text;
    private readonly IReadOnlyList<Field> _nodes;
    private IReadOnlyList<SourceLocation>? _locations;

    public FieldSite(string text, FieldType definition, IReadOnlyList<Field> nodes, FieldCollector collector)
    {
        _text = text;
        _nodes = nodes;
        Definition = definition;
        ResponseName = nodes[0].ResponseName;
        Prefix = Encoding.UTF8.GetBytes($"\"{ResponseName}\":");
        Arguments = ArgumentPlan.Of(definition, nodes[0]);
        SelectionSets = [.. nodes.Select(n => n.SelectionSet).OfType<SelectionSet>()];
        var view = new SelectionView(collector, SelectionSets);
        Selects = view.Selects;
    }

    public FieldType Definition { get; }

    public string ResponseName { get; }

    /// <summary>The quoted name and its colon.</summary>
    public byte[] Prefix { get; }

    public bool IsNonNull => Definition.Type is NonNullType;

    public ArgumentPlan Arguments { get; }

    public IReadOnlyList<SelectionSet> SelectionSets { get; }

    public Func<string, bool> Selects { get; }

    public IReadOnlyList<SourceLocation> Locations =>
        _locations ??= [.. _nodes.Select(n => SourceLocation.Of(_text, n.At))];
}
