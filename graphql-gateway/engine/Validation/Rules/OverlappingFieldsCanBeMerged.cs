using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.3.2: fields under one response name can be merged. Instead of comparing all pairs, fields are merged as
/// execution would merge them, level by level, and each group is compared with its first member: being of one shape is
/// an equivalence (Simon Adameit, "GraphQL validation without the quadratic blow-up"). A budget bounds the rest.
/// </summary>
internal sealed class OverlappingFieldsCanBeMerged : Rule
{
    private readonly HashSet<(Field, Field)> _reported = [];
    private int _budget;

    public override void Leave(Node node, ValidationContext context)
    {
        // Fragments in a circle have no end to merge; that error is reported already.
        if (node is not Document document || context.HasFragmentCycle)
        {
            return;
        }
        _budget = context.Limits.MaxComparisons;
        var reached = new HashSet<FragmentDefinition>();
        try
        {
            foreach (var operation in document.Definitions.OfType<OperationDefinition>())
            {
                reached.UnionWith(context.Usages.Reached(operation));
                Check(operation.SelectionSet, context.Schema.Root(operation.Kind), context);
            }
            foreach (var fragment in document.Definitions.OfType<FragmentDefinition>().Where(f => !reached.Contains(f)))
            {
                Check(fragment.SelectionSet, context.Schema.Type(fragment.TypeCondition.Name.Text), context);
            }
        }
        catch (BudgetSpent)
        {
            context.Report(GraphQLErrorCodes.LimitComparisons,
                $"Checking which fields can be merged takes more than {context.Limits.MaxComparisons} steps.", []);
        }
    }

    private void Check(SelectionSet set, NamedType? parent, ValidationContext context)
    {
        var fields = new List<MergedField>();
        Expand(set, parent, null, [], fields, context);
        CheckSameParents(fields, context);
        CheckShapes(fields, context);
    }

    /// <summary>Fields that one object can have at once are the same field with the same arguments.</summary>
    private void CheckSameParents(List<MergedField> fields, ValidationContext context)
    {
        foreach (var group in fields.GroupBy(f => f.Node.ResponseName))
        {
            foreach (var together in Together([.. group]))
            {
                var isSame = true;
                foreach (var other in together.Skip(1))
                {
                    Spend(1);
                    if (Difference(together[0].Node, other.Node) is not { } reason)
                    {
                        continue;
                    }
                    isSame = false;
                    Report(together[0], other, reason, context);
                }
                if (isSame)
                {
                    CheckSameParents(Below(together, context), context);
                }
            }
        }
    }

    /// <summary>Whatever the types, one response name always has one shape.</summary>
    private void CheckShapes(List<MergedField> fields, ValidationContext context)
    {
        foreach (var group in fields.GroupBy(f => f.Node.ResponseName))
        {
            var known = group.Where(f => f.Type is not null).ToList();
            foreach (var other in known.Skip(1))
            {
                Spend(1);
                if (!IsSameShape(known[0].Type!, other.Type!))
                {
                    Report(known[0], other,
                        $"they return conflicting types \"{known[0].Type}\" and \"{other.Type}\"", context);
                }
            }
            CheckShapes(Below([.. group], context), context);
        }
    }

    /// <summary>
    /// Fields on one object type go with those on interfaces and unions, but not with another object type's.
    /// </summary>
    private static IEnumerable<List<MergedField>> Together(List<MergedField> group)
    {
        var objects = group.Where(f => f.Parent is ObjectType).Select(f => f.Parent).Distinct().ToList();
        return objects.Count < 2
            ? [group]
            : objects.Select(o => group.Where(f => f.Parent == o || f.Parent is not ObjectType).ToList());
    }

    private List<MergedField> Below(List<MergedField> group, ValidationContext context)
    {
        var fields = new List<MergedField>();
        foreach (var field in group.Where(f => f.Node.SelectionSet is not null))
        {
            Expand(field.Node.SelectionSet!, field.Type?.Named, field, [], fields, context);
        }
        return fields;
    }

    private void Expand(
        SelectionSet set, NamedType? parent, MergedField? via, HashSet<string> visited, List<MergedField> into,
        ValidationContext context)
    {
        foreach (var selection in set.Selections)
        {
            Spend(1);
            switch (selection)
            {
                case Field field:
                    var type = parent is null ? null : context.Schema.Field(parent, field.Name.Text)?.Type;
                    into.Add(new MergedField(field, parent, type, via));
                    break;
                case InlineFragment inline:
                    var narrowed = inline.TypeCondition is null
                        ? parent
                        : context.Schema.Type(inline.TypeCondition.Name.Text);
                    Expand(inline.SelectionSet, narrowed, via, visited, into, context);
                    break;
                case FragmentSpread spread when visited.Add(spread.Name.Text) &&
                    context.Fragments.TryGetValue(spread.Name.Text, out var fragment):
                    Expand(fragment.SelectionSet, context.Schema.Type(fragment.TypeCondition.Name.Text),
                        via, visited, into,
                        context);
                    break;
            }
        }
    }

    private static string? Difference(Field a, Field b)
    {
        if (a.Name.Text != b.Name.Text)
        {
            return $"\"{a.Name}\" and \"{b.Name}\" are different fields";
        }
        return SameValues.Are(a.Arguments, b.Arguments) ? null : "they have differing arguments";
    }

    private static bool IsSameShape(GraphType a, GraphType b) => (a, b) switch
    {
        (NonNullType x, NonNullType y) => IsSameShape(x.Of, y.Of),
        (NonNullType, _) or (_, NonNullType) => false,
        (ListType x, ListType y) => IsSameShape(x.Of, y.Of),
        (ListType, _) or (_, ListType) => false,
        _ => a == b || (a.Named.IsComposite && b.Named.IsComposite),
    };

    private void Report(MergedField a, MergedField b, string reason, ValidationContext context)
    {
        if (!_reported.Add((a.Node, b.Node)))
        {
            return;
        }
        var (first, second) = (new List<Node> { a.Node }, new List<Node> { b.Node });
        // The error is reported where the two ways part: at the outermost pair of different fields.
        while (a.Via is not null && b.Via is not null && a.Via.Node != b.Via.Node)
        {
            reason = $"subfields \"{a.Node.ResponseName}\" conflict because {reason}";
            (a, b) = (a.Via, b.Via);
            first.Insert(0, a.Node);
            second.Insert(0, b.Node);
        }
        context.Report($"Fields \"{a.Node.ResponseName}\" conflict because {reason}. " +
            "Use different aliases on the fields to fetch both if this was intentional.", first.Concat(second));
    }

    private void Spend(int steps)
    {
        _budget -= steps;
        if (_budget < 0)
        {
            throw new BudgetSpent();
        }
    }

    private sealed record MergedField(Field Node, NamedType? Parent, GraphType? Type, MergedField? Via);

    private sealed class BudgetSpent : Exception;
}
