using OsstOrleans.Gateway.Engines.Embedded.Language;

namespace OsstOrleans.Gateway.Engines.Embedded.Execution;

/// <summary>Answers which fields stand below one, for resolvers that leave out costly parts.</summary>
internal sealed class SelectionView(PlanCompiler compiler, IReadOnlyList<SelectionSet> sets)
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
        foreach (var field in compiler.FieldsOfAnyType(sets))
        {
            if (!below.TryGetValue(field.Name.Text, out var list))
                below[field.Name.Text] = list = [];
            if (field.SelectionSet is not null)
                list.Add(field.SelectionSet);
        }
        return below.ToDictionary(b => b.Key, b => new SelectionView(compiler, b.Value));
    }
}
