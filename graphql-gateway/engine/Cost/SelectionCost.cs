using System.Collections.Frozen;

namespace OsstOrleans.GraphQL.Cost;

/// <summary>
/// What is selected of a value: for each type that it may have, its fields. The dearest type counts. Parts without
/// variables are added up when the operation is compiled; the rest costs a few additions a request and no allocation.
/// </summary>
internal sealed class SelectionCost
{
    private readonly OperationCost _least;
    private readonly (OperationCost Constant, FieldCost[] Varying)[] _types;

    /// <param name="types">The fields of each possible type.</param>
    public SelectionCost(IEnumerable<IReadOnlyList<FieldCost>> types)
    {
        var parts = types.Select(Parts).ToList();
        // Of the types without variables only the dearest one can ever count.
        _least = parts.Where(p => p.Varying.Length == 0).Aggregate(default(OperationCost), (m, p) => m.Max(p.Constant));
        _types = [.. parts.Where(p => p.Varying.Length > 0)];
    }

    public bool IsConstant => _types.Length == 0;

    public OperationCost With(IReadOnlyDictionary<string, object?> variables)
    {
        var most = _least;
        foreach (var (constant, varying) in _types)
        {
            var sum = constant;
            foreach (var field in varying)
            {
                sum = sum.And(field.With(variables));
            }
            most = most.Max(sum);
        }
        return most;
    }

    private static (OperationCost Constant, FieldCost[] Varying) Parts(IReadOnlyList<FieldCost> fields)
    {
        var none = FrozenDictionary<string, object?>.Empty;
        var constant = fields.Where(f => f.IsConstant)
            .Aggregate(default(OperationCost), (sum, field) => sum.And(field.With(none)));
        return (constant, [.. fields.Where(f => !f.IsConstant)]);
    }
}
