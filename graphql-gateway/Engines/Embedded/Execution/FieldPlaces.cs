using OsstOrleans.Gateway.Engines.Embedded.Language;

namespace OsstOrleans.Gateway.Engines.Embedded.Execution;

/// <summary>Where a field of an answer is mentioned in its document.</summary>
internal static class FieldPlaces
{
    /// <param name="document">A valid document.</param>
    /// <param name="operation">The one that was executed.</param>
    /// <param name="path">Response names, and indexes of lists, as in an error's <c>path</c>.</param>
    public static IReadOnlyList<SourceLocation> Of(
        PreparedDocument document, OperationDefinition operation, IReadOnlyList<object> path)
    {
        List<SelectionSet> sets = [operation.SelectionSet];
        List<Field> fields = [];
        foreach (var name in path.OfType<string>())
        {
            fields = [];
            foreach (var set in sets)
                Collect(set, name, document, fields);
            sets = [.. fields.Select(field => field.SelectionSet).OfType<SelectionSet>()];
        }
        return [.. fields.Select(field => SourceLocation.Of(document.Text, field.At))];
    }

    private static void Collect(SelectionSet set, string name, PreparedDocument document, List<Field> found)
    {
        foreach (var selection in set.Selections)
            switch (selection)
            {
                case Field field when field.ResponseName == name && !found.Contains(field):
                    found.Add(field);
                    break;
                case InlineFragment inline:
                    Collect(inline.SelectionSet, name, document, found);
                    break;
                case FragmentSpread spread:
                    Collect(document.Fragments[spread.Name.Text].SelectionSet, name, document, found);
                    break;
            }
    }
}
