using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsstOrleans.Dashboard.Questions;

/// <summary>How answers are read: names of the contract are in camel case, months and days as ISO has them.</summary>
internal static class AnswerJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
    };
}
