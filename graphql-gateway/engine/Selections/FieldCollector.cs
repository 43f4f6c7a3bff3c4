using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Selections;

/// <summary>
/// Collects the fields of one operation, for one answer to all its <c>@skip</c> and <c>@include</c> conditions
/// (specification section 6.3.2).
/// </summary>
/// <param name="schema">Knows the fields.</param>
/// <param name="fragments">Those of the document, by name.</param>
/// <param name="conditions">The values of the variables that conditions test.</param>
internal sealed class FieldCollector(
    Schema schema, IReadOnlyDictionary<string, FragmentDefinition> fragments,
    IReadOnlyDictionary<string, bool> conditions)
{
    /// <summary>True when a field collected so far is <c>__schema</c> or <c>__type</c>.</summary>
    public bool Introspects { get; private set; }

    /// <summary>The fields of an object type by response name, in order, each with all its mentions.</summary>
    public IEnumerable<(FieldType Field, IReadOnlyList<Field> Mentions)> Fields(
        ObjectType type, IReadOnlyList<SelectionSet> sets)
    {
        var groups = new Dictionary<string, List<Field>>();
        var order = new List<string>();
        foreach (var field in Collect(sets, condition => Applies(type, condition)))
        {
            if (!groups.TryGetValue(field.ResponseName, out var mentions))
            {
                groups[field.ResponseName] = mentions = [];
                order.Add(field.ResponseName);
            }
            mentions.Add(field);
        }
        foreach (var name in order)
        {
            var definition = schema.Field(type, groups[name][0].Name.Text)!;
            Introspects |= definition == schema.SchemaField || definition == schema.TypeField;
            yield return (definition, groups[name]);
        }
    }

    public IEnumerable<Field> FieldsOfAnyType(IReadOnlyList<SelectionSet> sets) => Collect(sets, _ => true);

    private List<Field> Collect(IReadOnlyList<SelectionSet> sets, Func<string, bool> applies)
    {
        var fields = new List<Field>();
        var visited = new HashSet<string>();
        foreach (var set in sets)
        {
            Collect(set, applies, visited, fields);
        }
        return fields;
    }

    private void Collect(SelectionSet set, Func<string, bool> applies, HashSet<string> visited, List<Field> fields)
    {
        foreach (var selection in set.Selections)
        {
            if (!IsIncluded(selection.Directives))
            {
                continue;
            }
            switch (selection)
            {
                case Field field:
                    fields.Add(field);
                    break;
                case InlineFragment fragment:
                    if (fragment.TypeCondition is null || applies(fragment.TypeCondition.Name.Text))
                    {
                        Collect(fragment.SelectionSet, applies, visited, fields);
                    }
                    break;
                case FragmentSpread spread when visited.Add(spread.Name.Text):
                    var definition = fragments[spread.Name.Text];
                    if (applies(definition.TypeCondition.Name.Text))
                    {
                        Collect(definition.SelectionSet, applies, visited, fields);
                    }
                    break;
            }
        }
    }

    private bool Applies(ObjectType type, string condition) =>
        schema.Type(condition) is { } named && schema.PossibleTypes(named).Contains(type);

    private bool IsIncluded(IReadOnlyList<Directive> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Text is not ("skip" or "include"))
            {
                continue;
            }
            var wanted = directive.Name.Text == "include";
            var value = directive.Arguments[0].Value switch
            {
                BooleanNode literal => literal.Value,
                VariableNode variable => conditions[variable.Name],
                _ => wanted,
            };
            if (value != wanted)
            {
                return false;
            }
        }
        return true;
    }
}
