using OsstOrleans.GraphQL.Suggestions;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>
/// What may have been meant by a field that its parent does not have: on an interface or union, the types below it that
/// do have it, the most usual first; else a field of nearly that name.
/// </summary>
internal static class FieldSuggestion
{
    public static string For(string field, NamedType parent, Schema schema)
    {
        var types = parent.IsAbstract ? TypesWith(field, parent, schema) : [];
        return types.Count > 0
            ? Suggestion.Sentence(types, "to use an inline fragment on")
            : Suggestion.For(field, parent is FieldsType fields ? fields.Fields.Select(f => f.Name) : []);
    }

    private static List<string> TypesWith(string field, NamedType parent, Schema schema)
    {
        var uses = new Dictionary<FieldsType, int>();
        foreach (var possible in schema.PossibleTypes(parent).Where(type => type.Find(field) is not null))
        {
            uses[possible] = 1;
            foreach (var promised in possible.Interfaces.Where(type => type.Find(field) is not null))
            {
                uses[promised] = uses.GetValueOrDefault(promised) + 1;
            }
        }
        return [.. uses.Keys.Order(Comparer<FieldsType>.Create(Compare)).Select(type => type.Name)];

        int Compare(FieldsType a, FieldsType b) =>
            uses[a] != uses[b] ? uses[b].CompareTo(uses[a])
            : a is InterfaceType && Schema.IsSubtype(b, a) && a != b ? -1
            : b is InterfaceType && Schema.IsSubtype(a, b) && a != b ? 1
            : NaturalOrder.Instance.Compare(a.Name, b.Name);
    }
}
