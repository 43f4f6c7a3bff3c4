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
[StoredAs("municipality.funding-granted", TellsOfNoPerson = true)]
public sealed record FundingGranted(FundingPurpose Purpose, long AmountCents) : IMunicipalityEvent;

/// <summary>Money was spent.</summary>
[StoredAs("municipality.funding-spent", TellsOfNoPerson = true)]
public sealed record FundingSpent(FundingPurpose Purpose, long AmountCents) : IMunicipalityEvent;

/// <summary>Money granted and spent so far for one purpose, in cents.</summary>
public sealed record FundingBalance(FundingPurpose Purpose, long GrantedCents, long SpentCents);

internal static class Funding
{
    public static Decision Grant(GrantFunding command) =>
        Valid(command.Purpose, command.AmountCents) is { } refused ? refused
        : Decision.Happened(new FundingGranted(command.Purpose, command.AmountCents));

    public static Decision Spend(RecordSpending command) =>
        Valid(command.Purpose, command.AmountCents) is { } refused ? refused
        : Decision.Happened(new FundingSpent(command.Purpose, command.AmountCents));

    public static MunicipalityState Evolve(MunicipalityState municipality, FundingGranted happened) =>
        Move(municipality, happened.Purpose, happened.AmountCents, 0);

    public static MunicipalityState Evolve(MunicipalityState municipality, FundingSpent happened) =>
        Move(municipality, happened.Purpose, 0, happened.AmountCents);

    private static Rejection? Valid(FundingPurpose purpose, long amountCents) =>
        Require.Member(purpose, "purpose") ?? Require.Within(amountCents, 1, Limits.MoneyCents, "amountCents");

    private static MunicipalityState Move(
        MunicipalityState municipality, FundingPurpose purpose, long grantedCents, long spentCents)
    {
        var before = municipality.Funding.FirstOrDefault(known => known.Purpose == purpose)
            ?? new FundingBalance(purpose, 0, 0);
        var after = new FundingBalance(purpose, before.GrantedCents + grantedCents, before.SpentCents + spentCents);
        return municipality with
        {
            Funding =
            [
                .. municipality.Funding
                    .Where(known => known.Purpose != purpose)
                    .Append(after)
                    .OrderBy(known => known.Purpose),
            ],
        };
    }
}
