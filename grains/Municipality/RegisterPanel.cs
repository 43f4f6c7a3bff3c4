using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>What published statistics count in a municipality and a month: residents aged 18-64, in persons.</summary>
public enum PanelMeasure
{
    /// <summary>All residents aged 18-64. Published once a year, a value stands for the twelve months after it, too.
    /// </summary>
    Residents = 1,

    /// <summary>Who of them was in a household on basic social assistance in the month.</summary>
    OnAssistance = 2,

    /// <summary>Who of them was registered as an unemployed jobseeker.</summary>
    Unemployed = 3,
}

/// <summary>
/// Records what published statistics say of the municipality in a month. It stands until one of a later day says
/// otherwise.
/// </summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Month">The calendar month, <c>yyyy-MM</c>; it must be over.</param>
/// <param name="Value">Persons; null where the statistics suppress the number: it is missing, and not zero.</param>
public sealed record RecordPanelValue(PanelMeasure Measure, string Month, int? Value) : IMunicipalityCommand;

/// <summary>Published statistics say this of the municipality; a value of null is one that they suppress.</summary>
[StoredAs("municipality.panel-value-recorded", TellsOfNoPerson = true)]
public sealed record PanelValueRecorded(PanelMeasure Measure, string Month, int? Value) : IMunicipalityEvent;

/// <summary>A number of published statistics.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Month">The calendar month, <c>yyyy-MM</c>.</param>
/// <param name="Value">Persons; null where it is suppressed.</param>
/// <param name="KnownOn">The day of this number: of its publication, where its sender said one.</param>
public sealed record PanelValue(PanelMeasure Measure, string Month, int? Value, DateOnly KnownOn);

internal static class RegisterPanel
{
    /// <summary>No municipality of the country has so many.</summary>
    private const int MostPersons = 1_000_000;

    public static Decision Record(MunicipalityState municipality, RecordPanelValue command, Moment moment)
    {
        var refused = Require.Member(command.Measure, "measure") ?? Known(command.Month, moment)
            ?? (command.Value is { } persons ? Require.Within(persons, 0, MostPersons, "value") : null);
        if (refused is not null)
        {
            return refused;
        }
        var happened = new PanelValueRecorded(command.Measure, command.Month, command.Value);
        return municipality.Panel.FirstOrDefault(it => Compare(it, command.Measure, command.Month) == 0) switch
        {
            // Said again on a later day, that day is kept: one of a day between came late.
            { } known when known.Value == command.Value && moment.OccurredOn <= known.KnownOn => Decision.Nothing,
            { } known when Require.NotSuperseded(known.KnownOn, moment) is { } superseded => superseded,
            null when municipality.Panel.Count >= Limits.PanelValues => Refuse.Limit("month", Limits.PanelValues),
            _ => Decision.Happened(happened),
        };
    }

    public static MunicipalityState Evolve(
        MunicipalityState municipality, PanelValueRecorded happened, DateOnly occurredOn) => municipality with
        {
            Panel =
            [
                .. municipality.Panel.Where(it => Compare(it, happened.Measure, happened.Month) < 0),
                new PanelValue(happened.Measure, happened.Month, happened.Value, occurredOn),
                .. municipality.Panel.Where(it => Compare(it, happened.Measure, happened.Month) > 0),
            ],
        };

    private static Rejection? Known(string text, Moment moment) =>
        CalendarMonth.TryParse(text, out var month)
            ? Require.Past(month.FirstDay, moment, "month")
                // A number of the present month would be of a part of it.
                ?? Require.Past(month.FirstDay.AddMonths(1).AddDays(-1), moment, "month")
            : Refuse.Field(MonthInvalid, "month", "A month is written yyyy-MM.");

    /// <summary>Months sort as text, since they are written yyyy-MM.</summary>
    private static int Compare(PanelValue known, PanelMeasure measure, string month) => known.Measure == measure
        ? string.CompareOrdinal(known.Month, month)
        : known.Measure.CompareTo(measure);
}
