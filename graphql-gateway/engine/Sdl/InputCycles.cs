using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Sdl;

/// <summary>
/// Input objects that no finite value fits: chains of required fields, or of defaults, that come back.
/// </summary>
internal sealed class InputCycles
{
    private readonly List<string> _faults = [];
    private readonly HashSet<InputObjectType> _done = [];
    private readonly List<(InputObjectType Type, string Field)> _chain = [];

    public static IReadOnlyList<string> Check(Schema schema)
    {
        var cycles = new InputCycles();
        foreach (var type in schema.Types.OfType<InputObjectType>())
        {
            cycles.Follow(type);
        }
        foreach (var type in schema.Types.OfType<InputObjectType>().Where(t => t.IsOneOf))
        {
            if (!HasFiniteValue(type, []))
            {
                cycles._faults.Add($"OneOf Input Object {type} has no field that a finite value fits.");
            }
        }
        return cycles._faults;
    }

    private void Follow(InputObjectType type)
    {
        if (!_done.Add(type))
        {
            return;
        }
        foreach (var field in type.Fields)
        {
            if (field.Type is not NonNullType { Of: InputObjectType needed })
            {
                continue;
            }
            _chain.Add((type, field.Name));
            var start = _chain.FindIndex(c => c.Type == needed);
            if (start >= 0)
            {
                _faults.Add($"Input Object {needed} cannot be provided a finite value because it references itself " +
                    $"through fields: {string.Join(", ", _chain.Skip(start).Select(c => $"{c.Type}.{c.Field}"))}.");
            }
            else
            {
                Follow(needed);
            }
            _chain.RemoveAt(_chain.Count - 1);
        }
    }

    private static bool HasFiniteValue(InputObjectType type, HashSet<InputObjectType> seen) =>
        seen.Add(type) && type.Fields.Any(f =>
            f.Type is not InputObjectType { IsOneOf: true } next || HasFiniteValue(next, [.. seen]));
}
