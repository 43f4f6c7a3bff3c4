using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Selections;

/// <summary>
/// Finds the variables that <c>@skip</c> and <c>@include</c> test: each answer to them has its own plan.
/// </summary>
internal static class ConditionVariables
{
    public static HashSet<string> In(
        OperationDefinition operation, IReadOnlyDictionary<string, FragmentDefinition> fragments)
    {
        var found = new HashSet<string>();
        var visited = new HashSet<string>();
        var pending = new Stack<SelectionSet>([operation.SelectionSet]);
        while (pending.TryPop(out var set))
        {
            foreach (var selection in set.Selections)
            {
                foreach (var directive in selection.Directives.Where(d => d.Name.Text is "skip" or "include"))
                {
                    if (directive.Arguments[0].Value is VariableNode variable)
                    {
                        found.Add(variable.Name);
                    }
                }
                var below = selection switch
                {
                    Field field => field.SelectionSet,
                    InlineFragment fragment => fragment.SelectionSet,
                    FragmentSpread spread when visited.Add(spread.Name.Text) =>
                        fragments[spread.Name.Text].SelectionSet,
                    _ => null,
                };
                if (below is not null)
                {
                    pending.Push(below);
                }
            }
        }
        return found;
    }
}
