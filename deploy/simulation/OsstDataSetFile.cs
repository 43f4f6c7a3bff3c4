using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Work;

namespace OsstOrleans.Simulation;

/// <summary>The data set's file as written; the meaning of each part stands in <see cref="OsstDataSet"/>.</summary>
internal sealed record OsstDataSetFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
    };

    public required string Description { get; init; }

    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    public required ProgrammeEntry Programme { get; init; }

    public required IReadOnlyList<MunicipalityEntry> Municipalities { get; init; }

    public required IReadOnlyList<MethodDecisionEntry> MethodDecisions { get; init; }

    public required IReadOnlyList<MembershipEntry> Memberships { get; init; }

    public required IReadOnlyList<ExposureEntry> Exposures { get; init; }

    public required IReadOnlyList<ExposureEndEntry> ExposureEnds { get; init; }

    public required IReadOnlyList<CentreEntry> DropInCentres { get; init; }

    /// <exception cref="InvalidDataException">Not of this form, or an entry without a known source.</exception>
    public static OsstDataSetFile Read(Stream stream)
    {
        OsstDataSetFile file;
        try
        {
            file = JsonSerializer.Deserialize<OsstDataSetFile>(stream, Json)
                ?? throw new InvalidDataException("The data set is empty.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"The data set cannot be read: {fault.Message}", fault);
        }
        return file.Entries().FirstOrDefault(entry => !file.Sources.ContainsKey(entry.Source)) is { } unsourced
            ? throw new InvalidDataException($"The data set's entry {unsourced} names no known source.")
            : file;
    }

    /// <summary>Every entry, nested ones included.</summary>
    public IEnumerable<SourcedEntry> Entries() =>
    [
        Programme,
        Programme.Extension,
        .. Municipalities,
        .. MethodDecisions,
        .. Memberships,
        .. Exposures,
        .. ExposureEnds,
        .. DropInCentres,
        .. DropInCentres.Select(centre => centre.Opening),
        .. DropInCentres.Select(centre => centre.PeakWeek).OfType<SourcedEntry>(),
        .. DropInCentres.Select(centre => centre.PeakWeek?.Example).OfType<SourcedEntry>(),
    ];
}

/// <summary>What every entry says about itself.</summary>
internal abstract record SourcedEntry
{
    /// <summary>A key of the file's sources.</summary>
    public required string Source { get; init; }

    /// <summary>What a reader must know before using the entry.</summary>
    public string? Note { get; init; }

    /// <summary>An example chosen where the sources are silent.</summary>
    public bool Placeholder { get; init; }

    /// <summary>Made up.</summary>
    public bool Synthetic { get; init; }

    [JsonIgnore]
    public StepOrigin Origin =>
        Synthetic ? StepOrigin.Synthetic : Placeholder ? StepOrigin.Placeholder : StepOrigin.Published;
}

internal sealed record ProgrammeEntry(
    string Key, string Name, DateOnly StartsOn, DateOnly EndsOn, long BudgetCents, ExtensionEntry Extension)
    : SourcedEntry;

internal sealed record ExtensionEntry(DateOnly DecidedOn, DateOnly EndsOn) : SourcedEntry;

internal sealed record MunicipalityEntry(string Code, string Name, string? SwedishName = null) : SourcedEntry;

/// <param name="Municipality">Who decided; null for the programme.</param>
internal sealed record MethodDecisionEntry(
    string Method, MethodChoice Choice, DateOnly From, string? Municipality = null) : SourcedEntry;

internal sealed record MembershipEntry(string Municipality, DateOnly JoinsOn, DateOnly? LeavesOn = null) : SourcedEntry;

internal sealed record ExposureEntry(string Municipality, Experiment Experiment, DateOnly StartsOn, DateOnly EndsOn)
    : SourcedEntry;

internal sealed record ExposureEndEntry(
    string Municipality, Experiment Experiment, DateOnly StartsOn, DateOnly EndsOn, DateOnly DecidedOn) : SourcedEntry;

internal sealed record CentreEntry(
    string Key,
    string Municipality,
    string Name,
    OpeningEntry Opening,
    string? Place = null,
    int? OpeningDaysPerWeek = null,
    PeakWeekEntry? PeakWeek = null) : SourcedEntry;

internal sealed record OpeningEntry(DateOnly OpenedOn, IReadOnlyList<Weekday> Weekdays) : SourcedEntry;

internal sealed record PeakWeekEntry(int Visits, PeakWeekExample Example) : SourcedEntry;

/// <param name="StartsOn">The Monday of the week.</param>
/// <param name="VisitsByOpeningDay">One count for each opening day, in the week's order.</param>
internal sealed record PeakWeekExample(DateOnly StartsOn, IReadOnlyList<int> VisitsByOpeningDay) : SourcedEntry;
