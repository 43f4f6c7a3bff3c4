using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Silo.Import;

/// <summary>A period in the register of the employment services (<em>TE-palvelut</em>).</summary>
internal sealed record TePeriodLine : IClientLine
{
    public string? ExternalId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>The official three-digit code of the client's register, where the sender knows it.</summary>
    public string? Municipality { get; init; }

    public EmploymentServiceStanding? Standing { get; init; }

    public DateOnly? StartsOn { get; init; }

    public DateOnly? EndsOn { get; init; }

    public DateOnly? OccurredOn { get; init; }

    public IImportLine On(DateOnly day) => this with { OccurredOn = day };

    public string? Subject() => ExternalId ?? ClientId;

    public bool SaysHowItIs() => OccurredOn is null;

    public RegisterClient? Person() => null;

    public Rejection? Missing() => LineRules.Given((Standing, "standing"), (StartsOn, "startsOn"));

    public ICommand Command(bool registers)
    {
        var period = new RecordEmploymentServicePeriod(Standing!.Value, StartsOn!.Value, EndsOn);
        return Municipality is { } register ? new ImportServicePeriod(period, register) : period;
    }
}
