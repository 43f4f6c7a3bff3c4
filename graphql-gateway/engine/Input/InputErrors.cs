using System.Globalization;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Input;

/// <summary>Sentences shared by literals and variables.</summary>
internal static class InputErrors
{
    public static string Null(GraphType type) => $"Expected value of non-null type \"{type}\" not to be null.";

    public static string Missing(GraphType type) => $"Expected a value of non-null type \"{type}\" to be provided.";

    public static string NoObject(NamedType type, string found) =>
        $"Expected value of type \"{type}\" to be an object, found: {found}.";

    public static string MissingField(NamedType type, string field, string found) =>
        $"Expected value of type \"{type}\" to include required field \"{field}\", found: {found}.";

    public static string UnknownField(NamedType type, string field, string found) =>
        $"Expected value of type \"{type}\" not to include unknown field \"{field}\", found: {found}.";

    public static string OneOf(NamedType type) =>
        $"Within OneOf Input Object type \"{type}\", exactly one field must be specified, " +
        "and the value for that field must be non-null.";

    /// <summary><c> at "value.goals[1].goal"</c>, or nothing for the value itself.</summary>
    public static string Place(IEnumerable<object> path)
    {
        var text = string.Concat(path.Select(p => p is int index
            ? $"[{index.ToString(CultureInfo.InvariantCulture)}]"
            : $".{p}"));
        return text.Length == 0 ? "" : $" at \"value{text}\"";
    }
}
