using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Selections;

/// <summary>Answers which fields stand below one, for resolvers that leave out costly parts.</summary>
internal sealed class SelectionView(FieldCollector collector, IReadOnlyList<SelectionSet> sets)
{
    private Dictionary<string, SelectionView>? _below;

    public bool Selects(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var below = _below ??= Read();
        return dot < 0
            ? below.ContainsKey(path)
            : below.TryGetValue(path[..dot], out var next) && next.Selects(path[(dot + 1)..]);
    }

    private Dictionary<string, SelectionView> Read()
    {
        var below = new Dictionary<string, List<SelectionSet>>();
        foreach (var field in collector.FieldsOfAnyType(sets))
        {
            if (!below.TryGetValue(field.Name.Text, out var list))
            {
                below[field.Name.Text] = list = [];
            }
            if (field.SelectionSet is not null)
            {
                list.Add(field.SelectionSet);
            }
        }
        return below.ToDictionary(b => b.Key, b => new SelectionView(collector, b.Value));
    }
}
