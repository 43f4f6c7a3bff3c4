using System.Globalization;
using System.Text.Json;
using HotChocolate.Language;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>The raw forms that a scalar's input may have (see <see cref="ScalarRead{T}"/>).</summary>
internal static class RawInput
{
    public static object? Of(IValueNode literal) => literal switch
    {
        StringValueNode text => text.Value,
        IntValueNode whole => Number(whole.Value),
        FloatValueNode real => double.Parse(real.Value, CultureInfo.InvariantCulture),
        BooleanValueNode truth => truth.Value,
        EnumValueNode member => member.Value,
        ListValueNode list => list.Items.Select(Of).ToArray(),
        ObjectValueNode fields => fields.Fields.DistinctBy(f => f.Name.Value)
            .ToDictionary(f => f.Name.Value, f => Of(f.Value)),
        _ => null,
    };

    public static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => Number(json.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => json.EnumerateArray().Select(Of).ToArray(),
        JsonValueKind.Object => json.EnumerateObject().DistinctBy(p => p.Name)
            .ToDictionary(p => p.Name, p => Of(p.Value)),
        _ => null,
    };

    /// <summary>The raw form as JSON.</summary>
    public static void Write(object? raw, JsonSink json) => ErrorJson.Value(raw, json);

    private static object Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var small) ? small :
        long.TryParse(text, CultureInfo.InvariantCulture, out var large) ? large :
        double.Parse(text, CultureInfo.InvariantCulture);
}
