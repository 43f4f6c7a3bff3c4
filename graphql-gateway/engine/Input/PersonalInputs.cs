using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Input;

/// <summary>
/// Inputs that can hold a person's data. No error repeats anything of such a value: a name in the place of a number is
/// still a name, and errors end up in the logs of clients and proxies.
/// </summary>
internal static class PersonalInputs
{
    /// <summary>What a message says where it would repeat the value.</summary>
    public const string Hidden = "a value that is not repeated here";

    public static bool In(GraphType type) => In(type.Named, []);

    public static string Unfit(NamedType type) => $"Expected a value of type \"{type}\"; it is not repeated here.";

    private static bool In(NamedType type, HashSet<NamedType> seen) => type switch
    {
        ScalarType scalar => scalar.Binding is { IsPersonal: true },
        InputObjectType input => seen.Add(input) && input.Fields.Any(f => In(f.Type.Named, seen)),
        _ => false,
    };
}
