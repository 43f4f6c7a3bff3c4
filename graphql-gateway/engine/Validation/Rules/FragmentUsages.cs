using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Validation.Rules;

/// <summary>A variable where it is used, and what that place expects.</summary>
/// <param name="Node">The use.</param>
/// <param name="Type">The expected type; null when the schema does not know the place.</param>
/// <param name="HasDefault">The place has a default of its own.</param>
/// <param name="OneOf">The oneOf input object that the place is a field of.</param>
internal sealed record VariableUsage(VariableNode Node, GraphType? Type, bool HasDefault, NamedType? OneOf);

/// <summary>What each operation reaches through fragments: which fragments, and which uses of variables.</summary>
internal sealed class FragmentUsages(ValidationContext context)
{
    private readonly Dictionary<Definition, (List<FragmentSpread> Spreads, List<VariableUsage> Variables)> _direct = [];

    /// <summary>Spreads written in this definition itself.</summary>
    public IReadOnlyList<FragmentSpread> Spreads(Definition definition) => Direct(definition).Spreads;

    /// <summary>All fragments that an operation reaches, each once.</summary>
    public IEnumerable<FragmentDefinition> Reached(OperationDefinition operation)
    {
        var seen = new HashSet<string>();
        var pending = new Queue<Definition>([operation]);
        while (pending.TryDequeue(out var definition))
        {
            foreach (var spread in Direct(definition).Spreads)
            {
                if (!seen.Add(spread.Name.Text) || !context.Fragments.TryGetValue(spread.Name.Text, out var fragment))
                {
                    continue;
                }
                pending.Enqueue(fragment);
                yield return fragment;
            }
        }
    }

    /// <summary>All uses of variables that an operation reaches.</summary>
    public IEnumerable<VariableUsage> Variables(OperationDefinition operation) =>
        Direct(operation).Variables.Concat(Reached(operation).SelectMany(f => Direct(f).Variables));

    public void Add(Definition definition, FragmentSpread spread) => Direct(definition).Spreads.Add(spread);

    public void Add(Definition definition, VariableUsage usage) => Direct(definition).Variables.Add(usage);

    private (List<FragmentSpread> Spreads, List<VariableUsage> Variables) Direct(Definition definition)
    {
        if (!_direct.TryGetValue(definition, out var found))
        {
            _direct[definition] = found = ([], []);
        }
        return found;
    }
}
