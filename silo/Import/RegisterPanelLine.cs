using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Silo.Import;

/// <summary>A number of published statistics of a municipality: no person's data.</summary>
internal sealed record RegisterPanelLine : IGrainLine
{
    /// <summary>The official three-digit code.</summary>
    public string? Municipality { get; init; }

    /// <summary>The calendar month, <c>yyyy-MM</c>.</summary>
    public string? Month { get; init; }

    /// <summary>What is counted: residents aged 18-64.</summary>
    public PanelMeasure? Measure { get; init; }

    /// <summary>Persons; absent where the statistics suppress it, which is missing and not zero.</summary>
    public int? Value { get; init; }

    /// <summary>The day of publication; without one the number is that of today.</summary>
    public DateOnly? OccurredOn { get; init; }

    public IImportLine On(DateOnly day) => this with { OccurredOn = day };

    public string? Subject() => Municipality;

    public GrainName Grain() => GrainName.Municipality(Municipality!);

    public bool SaysHowItIs() => OccurredOn is null;

    public Rejection? Missing() => LineRules.Given(
        (Municipality, "municipality"), (Month, "month"), (Measure, "measure"))
        ?? (GrainName.IsValidKey(Municipality) ? null : LineRules.Problem(
            RejectionCodes.UnknownCode, "municipality", "A municipality is an official code of three digits."));

    public ICommand Command() => new RecordPanelValue(Measure!.Value, Month!, Value);
}
