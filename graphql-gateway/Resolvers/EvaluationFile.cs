using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Grains.Evaluation;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>A report as a file, over HTTP and from <c>osst evaluate</c> alike.</summary>
internal static class EvaluationFile
{
    /// <summary>What a file can be, by the ending of its name.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["json", "csv"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An evaluation's name in addresses and on the command line, e.g. <c>event-study</c>.</summary>
    public static string NameOf<TEnum>(TEnum member)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString());

    /// <summary>The member of that name; null when there is none.</summary>
    public static TEnum? Find<TEnum>(string name)
        where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().Cast<TEnum?>().FirstOrDefault(it => NameOf(it!.Value) == name);

    /// <param name="report">What is written.</param>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    public static string Write(EvaluationReport report, string form) =>
        form == "csv" ? EvaluationSheet.Csv(report) : JsonSerializer.Serialize(report, Json);
}
