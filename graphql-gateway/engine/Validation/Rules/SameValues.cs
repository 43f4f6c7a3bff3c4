using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>Whether two lists of arguments ask for the same: names in any order, values alike.</summary>
internal static class SameValues
{
    public static bool Are(IReadOnlyList<Argument> a, IReadOnlyList<Argument> b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }
        foreach (var argument in a)
        {
            var other = b.FirstOrDefault(o => o.Name.Text == argument.Name.Text);
            if (other is null || !Are(argument.Value, other.Value))
            {
                return false;
            }
        }
        return true;
    }

    private static bool Are(ValueNode a, ValueNode b) => (a, b) switch
    {
        (ListNode x, ListNode y) =>
            x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(p => Are(p.First, p.Second)),
        (ObjectNode x, ObjectNode y) => Are(x.Fields, y.Fields),
        _ => a.GetType() == b.GetType() && ValuePrinter.Print(a) == ValuePrinter.Print(b),
    };
}
