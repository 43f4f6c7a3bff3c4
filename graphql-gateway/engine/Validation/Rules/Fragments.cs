using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>Section 5.5.1.2: types that are named exist.</summary>
internal sealed class KnownTypeNames : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is NamedTypeNode named && context.Schema.Type(named.Name.Text) is null)
        {
            context.Report(
                $"Unknown type \"{named}\"." + context.Near(named.Name.Text, context.Schema.Types.Select(t => t.Name)),
                named);
        }
    }
}

/// <summary>Section 5.5.1.3: fragments are on objects, interfaces and unions.</summary>
internal sealed class FragmentsOnCompositeTypes : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        var condition = (node as InlineFragment)?.TypeCondition ?? (node as FragmentDefinition)?.TypeCondition;
        if (condition is null || context.Schema.Type(condition.Name.Text) is not { IsComposite: false })
        {
            return;
        }
        context.Report(node is FragmentDefinition fragment
            ? $"Fragment \"{fragment.Name}\" cannot condition on non composite type \"{condition}\"."
            : $"Fragment cannot condition on non composite type \"{condition}\".", condition);
    }
}

/// <summary>Section 5.5.2.1: a spread names a fragment of the document.</summary>
internal sealed class KnownFragmentNames : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        if (node is FragmentSpread spread && !context.Fragments.ContainsKey(spread.Name.Text))
        {
            context.Report($"Unknown fragment \"{spread.Name}\".", spread.Name);
        }
    }
}

/// <summary>Section 5.5.1.4: every fragment is used.</summary>
internal sealed class NoUnusedFragments : Rule
{
    public override void Leave(Node node, ValidationContext context)
    {
        if (node is not Document document)
        {
            return;
        }
        var used = document.Definitions.OfType<OperationDefinition>()
            .SelectMany(context.Usages.Reached).Select(f => f.Name.Text).ToHashSet();
        foreach (var fragment in document.Definitions.OfType<FragmentDefinition>()
            .Where(f => !used.Contains(f.Name.Text)))
        {
            context.Report($"Fragment \"{fragment.Name}\" is never used.", fragment);
        }
    }
}

/// <summary>Section 5.5.2.2: no fragment reaches itself.</summary>
internal sealed class NoFragmentCycles : Rule
{
    private readonly HashSet<string> _visited = [];
    private readonly List<FragmentSpread> _path = [];
    private readonly Dictionary<string, int> _positions = [];

    public override void Leave(Node node, ValidationContext context)
    {
        if (node is not Document document)
        {
            return;
        }
        foreach (var fragment in document.Definitions.OfType<FragmentDefinition>())
        {
            Follow(fragment, context);
        }
    }

    private void Follow(FragmentDefinition fragment, ValidationContext context)
    {
        if (!_visited.Add(fragment.Name.Text))
        {
            return;
        }
        _positions[fragment.Name.Text] = _path.Count;
        foreach (var spread in context.Usages.Spreads(fragment))
        {
            var name = spread.Name.Text;
            _path.Add(spread);
            if (_positions.TryGetValue(name, out var start))
            {
                Report(name, _path.GetRange(start, _path.Count - start), context);
            }
            else if (context.Fragments.TryGetValue(name, out var next))
            {
                Follow(next, context);
            }
            _path.RemoveAt(_path.Count - 1);
        }
        _positions.Remove(fragment.Name.Text);
    }

    private static void Report(string name, List<FragmentSpread> cycle, ValidationContext context)
    {
        var via = string.Join(", ", cycle.SkipLast(1).Select(s => $"\"{s.Name}\""));
        context.HasFragmentCycle = true;
        context.Report(
            $"Cannot spread fragment \"{name}\" within itself{(via.Length > 0 ? $" via {via}" : "")}.", cycle);
    }
}

/// <summary>Section 5.5.2.3: a fragment is spread where its type can occur.</summary>
internal sealed class PossibleFragmentSpreads : Rule
{
    public override void Enter(Node node, ValidationContext context)
    {
        var condition = (node as InlineFragment)?.TypeCondition;
        var subject = "Fragment";
        if (node is FragmentSpread spread && context.Fragments.TryGetValue(spread.Name.Text, out var fragment))
        {
            condition = fragment.TypeCondition;
            subject = $"Fragment \"{spread.Name}\"";
        }
        if (condition is null || context.Parent is null)
        {
            return;
        }
        if (context.Schema.Type(condition.Name.Text) is { IsComposite: true } type &&
            !context.Schema.Overlap(type, context.Parent))
        {
            context.Report($"{subject} cannot be spread here as objects of type \"{context.Parent}\" " +
                $"can never be of type \"{type}\".", node);
        }
    }
}
