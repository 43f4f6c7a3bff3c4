using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Sdl;

/// <summary>
/// Whether a type keeps the promises of its interfaces (specification section 3.6, "IsValidImplementation").
/// </summary>
internal static class InterfaceChecks
{
    public static IEnumerable<string> Check(FieldsType type)
    {
        foreach (var twice in type.Interfaces.GroupBy(i => i).Where(g => g.Skip(1).Any()))
        {
            yield return $"Type {type} can only implement {twice.Key} once.";
        }
        foreach (var promised in type.Interfaces.Distinct())
        {
            if (promised == type)
            {
                yield return $"Type {type} cannot implement itself because it would create a circular reference.";
                continue;
            }
            foreach (var inherited in promised.Interfaces.Where(i => !type.Interfaces.Contains(i)))
            {
                yield return inherited == type
                    ? $"Type {type} cannot implement {promised} because it would create a circular reference."
                    : $"Type {type} must implement {inherited} because it is implemented by {promised}.";
            }
            foreach (var fault in promised.Fields.SelectMany(f => CheckField(type, f)))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> CheckField(FieldsType type, FieldType promised)
    {
        var field = type.Find(promised.Name);
        if (field is null)
        {
            yield return $"Interface field {promised} expected but {type} does not provide it.";
            yield break;
        }
        if (!Schema.IsSubtype(field.Type, promised.Type))
        {
            yield return $"Interface field {promised} expects type {promised.Type} but {field} is type {field.Type}.";
        }
        foreach (var argument in promised.Arguments)
        {
            var own = field.Argument(argument.Name);
            if (own is null)
            {
                yield return $"Interface field argument {promised}({argument.Name}:) expected " +
                    $"but {field} does not provide it.";
            }
            else if (own.Type.ToString() != argument.Type.ToString())
            {
                yield return $"Interface field argument {promised}({argument.Name}:) expects type {argument.Type} " +
                    $"but {field}({own.Name}:) is type {own.Type}.";
            }
        }
        foreach (var extra in field.Arguments.Where(a => a.IsRequired && promised.Argument(a.Name) is null))
        {
            yield return $"Argument \"{field}({extra.Name}:)\" must not be required type \"{extra.Type}\" " +
                $"if not provided by the Interface field \"{promised}\".";
        }
        if (field.DeprecationReason is not null && promised.DeprecationReason is null)
        {
            yield return $"Interface field {promised} is not deprecated, so implementation field {field} " +
                "must not be deprecated.";
        }
    }
}
