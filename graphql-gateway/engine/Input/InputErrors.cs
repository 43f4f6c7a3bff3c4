using System.Globalization;
using OsstOrleans.GraphQL.Suggestions;
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

    /// <param name="type">Has no such field.</param>
    /// <param name="field">The unknown field.</param>
    /// <param name="found">The whole value, as messages show it.</param>
    /// <param name="suggests">The message may name a field of the type.</param>
    public static string UnknownField(InputObjectType type, string field, string found, bool suggests)
    {
        var near = suggests ? Suggestion.For(field, type.Fields.Select(f => f.Name)) : "";
        return $"Expected value of type \"{type}\" not to include unknown field \"{field}\"" +
            (near.Length > 0 ? $".{near} Found: {found}." : $", found: {found}.");
    }

    /// <summary>What value of an enum may have been meant; empty for any other type.</summary>
    /// <param name="type">The expected type.</param>
    /// <param name="found">What was given, as messages show it.</param>
    public static string NearValue(NamedType type, string found) => type is EnumType values
        ? Suggestion.For(found, values.Values.Select(v => v.Name), "the enum value")
        : "";

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
