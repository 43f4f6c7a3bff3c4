using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>What a measure is.</summary>
/// <param name="Subject">In which evaluation.</param>
/// <param name="Measure">Its name; a star stands for any letters at that end.</param>
/// <param name="Meaning">In words.</param>
/// <param name="Unit">Of the estimate and its interval.</param>
/// <param name="Source">The method, with who described it.</param>
/// <param name="Data">What it is computed from.</param>
public sealed record MeasureMeaning(
    EvaluationSubject Subject, string Measure, string Meaning, string Unit, string Source, string Data)
{
    internal bool IsOf(string measure) => Measure switch
    {
        [.. var begin, '*'] => measure.StartsWith(begin, StringComparison.Ordinal),
        ['*', .. var end] => measure.EndsWith(end, StringComparison.Ordinal),
        _ => Measure == measure,
    };
}

/// <summary>The codebook of all evaluations: each measure once, in <c>codebook.json</c>.</summary>
public static class Codebook
{
    private const string Resource = "OsstOrleans.Grains.Evaluation.codebook.json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    /// <summary>All measures, in the order of the file.</summary>
    public static IReadOnlyList<MeasureMeaning> All { get; } = Read();

    /// <summary>What a measure is; null when it has no words. A whole name comes before one with a star.</summary>
    public static MeasureMeaning? Of(EvaluationSubject subject, string measure) => All
        .Where(it => it.Subject == subject && it.IsOf(measure))
        .OrderBy(it => it.Measure.Contains('*', StringComparison.Ordinal)).FirstOrDefault();

    private static MeasureMeaning[] Read()
    {
        using var stream = typeof(Codebook).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException("There is no codebook.");
        return JsonSerializer.Deserialize<MeasureMeaning[]>(stream, Form) ?? [];
    }
}
