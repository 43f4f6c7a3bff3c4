using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Selections;

/// <summary>Where a field of an answer is mentioned in its document.</summary>
internal static class FieldPlaces
{
    /// <param name="text">A valid document.</param>
    /// <param name="fragments">Those of the document, by name.</param>
    /// <param name="operation">The one that was executed.</param>
    /// <param name="path">Response names, and indexes of lists, as in an error's <c>path</c>.</param>
    public static IReadOnlyList<SourceLocation> Of(
        string text, IReadOnlyDictionary<string, FragmentDefinition> fragments, OperationDefinition operation,
        IReadOnlyList<object> path)
    {
        List<SelectionSet> sets = [operation.SelectionSet];
        List<Field> fields = [];
        foreach (var name in path.OfType<string>())
        {
            fields = [];
            foreach (var set in sets)
            {
                Collect(set, name, fragments, fields);
            }
            sets = [.. fields.Select(field => field.SelectionSet).OfType<SelectionSet>()];
        }
        return [.. fields.Select(field => SourceLocation.Of(text, field.At))];
    }

    private static void Collect(
        SelectionSet set, string name, IReadOnlyDictionary<string, FragmentDefinition> fragments, List<Field> found)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case Field field when field.ResponseName == name && !found.Contains(field):
                    found.Add(field);
                    break;
                case InlineFragment inline:
                    Collect(inline.SelectionSet, name, fragments, found);
                    break;
                case FragmentSpread spread:
                    Collect(fragments[spread.Name.Text].SelectionSet, name, fragments, found);
                    break;
            }
        }
    }
}
