using System.Text.Json;

namespace OsstOrleans.Grains.Measures;

/// <summary>
/// A questionnaire as data: its items by number, their scale and how a score follows. The words of its items are its
/// owner's, and not here.
/// </summary>
/// <param name="Number">Its number, which stays for ever: it stands for the measure in sums.</param>
/// <param name="Name">The measure, e.g. ESIS.</param>
/// <param name="Version">Its version: other items or another scoring are another version.</param>
/// <param name="Display">What it is called.</param>
/// <param name="Items">So many items, numbered from 1.</param>
/// <param name="Lowest">The lowest answer to an item.</param>
/// <param name="Highest">The highest answer.</param>
/// <param name="Reversed">Items whose highest answer means least.</param>
/// <param name="MostMissing">With more items left open a set has no score.</param>
/// <param name="Source">Where this is from, and what of it is assumed.</param>
public sealed record MeasureDefinition(
    byte Number, string Name, int Version, MeasureName Display, int Items, int Lowest, int Highest,
    IReadOnlyList<int> Reversed, int MostMissing, string Source)
{
    /// <summary>The highest score in tenths of a point: scores go from 0 to 100.</summary>
    public const int HighestScore = 1_000;

    /// <summary>
    /// The score in tenths of a point: where the answers stand between all lowest and all highest, rounded half up;
    /// null with too many items left open. Answers are of this measure's items and within its scale.
    /// </summary>
    public int? ScoreOf(IReadOnlyList<ItemAnswer> answers)
    {
        if (Items - answers.Count > MostMissing)
        {
            return null;
        }
        var above = answers.Sum(answer => Reversed.Contains(answer.Item)
            ? Highest - answer.Value
            : answer.Value - Lowest);
        var most = answers.Count * (Highest - Lowest);
        return ((2 * HighestScore * above) + most) / (2 * most);
    }
}

/// <summary>What a measure is called.</summary>
public sealed record MeasureName(string Fi, string Sv, string En);

/// <summary>The answer to one item.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="Value">The answer on the measure's scale.</param>
public sealed record ItemAnswer(int Item, int Value);

/// <summary>The measures that are known. A version once used is read for ever.</summary>
public static class MeasureList
{
    private const string Resource = "OsstOrleans.Grains.Measures.measures.json";

    /// <summary>All versions of all measures, by number.</summary>
    public static IReadOnlyList<MeasureDefinition> All { get; } = Read();

    /// <summary>One version of a measure, or its latest one; null when there is none.</summary>
    public static MeasureDefinition? Find(string name, int? version) => All
        .Where(it => it.Name == name && (version is null || it.Version == version)).MaxBy(it => it.Version);

    /// <summary>The measure of a number; null for one of a later version of the platform.</summary>
    public static MeasureDefinition? Of(byte number) => All.FirstOrDefault(it => it.Number == number);

    private static MeasureDefinition[] Read()
    {
        using var stream = typeof(MeasureList).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException("There is no list of measures.");
        return JsonSerializer.Deserialize<MeasureDefinition[]>(stream, JsonSerializerOptions.Web) ?? [];
    }
}
