using OsstOrleans.Grains;
using OsstOrleans.Grains.DropInCentre;

namespace OsstOrleans.Silo.Import;

/// <summary>A drop-in centre's visits of one day: an anonymous count, never a person.</summary>
internal sealed record VisitsLine : IGrainLine
{
    /// <summary>The key of the centre's grain.</summary>
    public string? DropInCentreId { get; init; }

    /// <summary>The day counted.</summary>
    public DateOnly? OccurredOn { get; init; }

    /// <summary>Visits in all that day.</summary>
    public int? Visits { get; init; }

    public int? Under18 { get; init; }

    public int? From18To24 { get; init; }

    public int? From25To39 { get; init; }

    public int? From40To64 { get; init; }

    public int? Over64 { get; init; }

    public IImportLine On(DateOnly day) => this with { OccurredOn = day };

    public string? Subject() => DropInCentreId;

    public GrainName Grain() => GrainName.DropInCentre(DropInCentreId!);

    /// <summary>The line names the day that was counted; its count may be sent again with another number.</summary>
    public bool SaysHowItIs() => true;

    public Rejection? Missing() => LineRules.Given(
        (DropInCentreId, "dropInCentreId"), (OccurredOn, "occurredOn"), (Visits, "visits"))
        ?? LineRules.IsKey(DropInCentreId, RejectionCodes.IdInvalid, "dropInCentreId");

    public ICommand Command() => new RecordVisits(Visits!.Value) { AgeBands = [.. Bands()] };

    private IEnumerable<AgeBandVisits> Bands() =>
        from band in new[]
        {
            (AgeBand.Under18, Under18), (AgeBand.From18To24, From18To24), (AgeBand.From25To39, From25To39),
            (AgeBand.From40To64, From40To64), (AgeBand.Over64, Over64),
        }
        where band.Item2 is not null
        select new AgeBandVisits(band.Item1, band.Item2!.Value);
}
