using System.Runtime.CompilerServices;
using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Validation;

/// <summary>
/// How much each operation asks for with all fragments spread out, computed once per fragment: a document that doubles
/// itself thirty times is measured in its own length.
/// </summary>
internal sealed class DocumentMeasure
{
    private readonly Dictionary<string, FragmentDefinition> _fragments;
    private readonly Dictionary<string, Size> _sizes = [];
    private readonly GraphQLLimits _limits;

    private DocumentMeasure(Document document, GraphQLLimits limits)
    {
        _limits = limits;
        _fragments = document.Definitions.OfType<FragmentDefinition>()
            .DistinctBy(f => f.Name.Text).ToDictionary(f => f.Name.Text);
    }

    /// <summary>The first limit that an operation or fragment passes; null when all are kept.</summary>
    public static GraphQLError? Excess(Document document, GraphQLLimits limits)
    {
        var measure = new DocumentMeasure(document, limits);
        foreach (var definition in document.Definitions)
        {
            var set = (definition as OperationDefinition)?.SelectionSet ??
                (definition as FragmentDefinition)?.SelectionSet;
            if (set is not null && measure.Excess(measure.Of(set)) is { } excess)
            {
                return GraphQLError.At(excess.Code, excess.Message, document.Text, definition.At);
            }
        }
        return null;
    }

    private (string Code, string Message)? Excess(Size size)
    {
        if (size.Depth > _limits.MaxDepth)
        {
            return (GraphQLErrorCodes.LimitDepth, $"Fields nest deeper than {_limits.MaxDepth} levels.");
        }
        if (size.Aliases > _limits.MaxAliases)
        {
            return (GraphQLErrorCodes.LimitAliases, $"There are more than {_limits.MaxAliases} aliases.");
        }
        if (size.Fields > _limits.MaxSelections)
        {
            return (GraphQLErrorCodes.LimitSelections, $"More than {_limits.MaxSelections} fields are selected.");
        }
        return size.Spreads > _limits.MaxFragmentVisits
            ? (GraphQLErrorCodes.LimitFragments, $"Fragments are spread more than {_limits.MaxFragmentVisits} times.")
            : null;
    }

    private Size Of(SelectionSet set)
    {
        // A chain of fragments can be as long as the document: it ends in an error, not in a broken stack.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return new Size(int.MaxValue, 0, 0, 0);
        }
        var size = default(Size);
        foreach (var selection in set.Selections)
        {
            size = size.And(selection switch
            {
                Field field => Of(field),
                InlineFragment fragment => Of(fragment.SelectionSet),
                FragmentSpread spread => Of(spread.Name.Text).And(new Size(0, 0, 0, 1)),
                _ => default,
            });
        }
        return size;
    }

    private Size Of(Field field)
    {
        var below = field.SelectionSet is null ? default : Of(field.SelectionSet);
        var depth = below.Depth == int.MaxValue ? int.MaxValue : below.Depth + 1;
        return new Size(depth, below.Fields + 1, below.Aliases + (field.Alias is null ? 0 : 1), below.Spreads);
    }

    private Size Of(string fragment)
    {
        if (_sizes.TryGetValue(fragment, out var known))
        {
            return known;
        }
        // While a fragment is being measured it counts as empty: a cycle is for validation to name.
        _sizes[fragment] = default;
        return _fragments.TryGetValue(fragment, out var definition)
            ? _sizes[fragment] = Of(definition.SelectionSet)
            : default;
    }

    /// <summary>Sums stop at a number no limit reaches, so that nothing overflows.</summary>
    private readonly record struct Size(int Depth, long Fields, long Aliases, long Spreads)
    {
        private const long Enough = 1L << 40;

        public Size And(Size other) => new(
            Math.Max(Depth, other.Depth), Sum(Fields, other.Fields), Sum(Aliases, other.Aliases),
            Sum(Spreads, other.Spreads));

        private static long Sum(long a, long b) => Math.Min(Enough, a + b);
    }
}
