using System.Text.Json;
using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Input;

/// <summary>Variables' values as error messages show them: short, whatever was sent.</summary>
internal static class Inspection
{
    private const int MaxItems = 10;
    private const int MaxDepth = 2;
    private const int MaxProperties = 100;
    private const int MaxText = 1_000;

    public static string Of(JsonElement value, int depth = 0) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Array => List(value, depth),
        JsonValueKind.Object => Object(value, depth),
        JsonValueKind.Undefined => "undefined",
        _ => value.GetRawText(),
    };

    private static string Text(string text) =>
        QuotedString.Write(text.Length > MaxText ? text[..MaxText] + "..." : text);

    private static string List(JsonElement list, int depth)
    {
        var length = list.GetArrayLength();
        if (length == 0)
        {
            return "[]";
        }
        if (depth > MaxDepth)
        {
            return "[Array]";
        }
        var items = list.EnumerateArray().Take(MaxItems).Select(i => Of(i, depth + 1)).ToList();
        if (length > MaxItems)
        {
            items.Add(length - MaxItems == 1 ? "... 1 more item" : $"... {length - MaxItems} more items");
        }
        return $"[{string.Join(", ", items)}]";
    }

    private static string Object(JsonElement value, int depth)
    {
        if (!value.EnumerateObject().Any())
        {
            return "{}";
        }
        if (depth > MaxDepth)
        {
            return "[Object]";
        }
        var shown = value.EnumerateObject().Take(MaxProperties).Select(p => $"{p.Name}: {Of(p.Value, depth + 1)}");
        return $"{{ {string.Join(", ", shown)} }}";
    }
}
