using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Silo.Import;

/// <summary>A month on basic social assistance (<em>perustoimeentulotuki</em>).</summary>
internal sealed record BenefitMonthLine : IClientLine
{
    public string? ExternalId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>The official three-digit code of the client's register, where the sender knows it.</summary>
    public string? Municipality { get; init; }

    /// <summary>The calendar month, <c>yyyy-MM</c>.</summary>
    public string? Month { get; init; }

    public long? AmountCents { get; init; }

    /// <summary>0, 20 or 40.</summary>
    public int? ReductionPercent { get; init; }

    /// <summary>The day of Kela's decision; without one the figures are those of today.</summary>
    public DateOnly? OccurredOn { get; init; }

    public IImportLine On(DateOnly day) => this with { OccurredOn = day };

    public string? Subject() => ExternalId ?? ClientId;

    public bool SaysHowItIs() => OccurredOn is null;

    public RegisterClient? Person() => null;

    public Rejection? Missing() => LineRules.Given(
        (Month, "month"), (AmountCents, "amountCents"), (ReductionPercent, "reductionPercent"));

    public ICommand Command(bool registers)
    {
        var month = new RecordBenefitMonth(Month!, AmountCents!.Value, ReductionPercent!.Value);
        return Municipality is { } register ? new ImportBenefitMonth(month, register) : month;
    }
}
