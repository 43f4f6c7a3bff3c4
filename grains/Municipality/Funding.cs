namespace OsstOrleans.Grains.Municipality;

/// <summary>What the experiment's money is for; it needs no own share of the municipality.</summary>
public enum FundingPurpose
{
    /// <summary>The salary of the responsible worker's substitute (<em>sijaisen palkka</em>).</summary>
    SubstituteSalary = 1,

    /// <summary><em>Toiminnan kehittämisraha</em>.</summary>
    Development = 2,

    /// <summary>Anything else.</summary>
    Other = 3,
}

/// <summary>Grants money to the municipality.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="AmountCents">In cents; more than zero.</param>
public sealed record GrantFunding(FundingPurpose Purpose, long AmountCents) : IMunicipalityCommand;

/// <summary>Records money spent. More than was granted can be spent: the difference is then visible.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="AmountCents">In cents; more than zero.</param>
public sealed record RecordSpending(FundingPurpose Purpose, long AmountCents) : IMunicipalityCommand;

/// <summary>Money was granted.</summary>
public sealed record FundingGranted(FundingPurpose Purpose, long AmountCents) : IMunicipalityEvent;

/// <summary>Money was spent.</summary>
public sealed record FundingSpent(FundingPurpose Purpose, long AmountCents) : IMunicipalityEvent;

/// <summary>Money granted and spent so far for one purpose, in cents.</summary>
public sealed record FundingBalance(FundingPurpose Purpose, long GrantedCents, long SpentCents);
