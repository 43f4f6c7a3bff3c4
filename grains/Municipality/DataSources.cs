namespace OsstOrleans.Grains.Municipality;

/// <summary>Which data about clients a register gets from elsewhere. The project's own list.</summary>
public enum DataFromElsewhere
{
    /// <summary>Kela's notifications, and what other systems send as a referral.</summary>
    Referrals = 1,

    /// <summary>Months on social assistance.</summary>
    BenefitMonths = 2,

    /// <summary>Periods in the register of the employment services.</summary>
    ServicePeriods = 3,

    /// <summary>Work and study, as another system sends them.</summary>
    Employment = 4,

    /// <summary>Registration, name, identifiers and municipality, as another system sends them.</summary>
    BasicData = 5,

    /// <summary>Security bans, as another system sends them.</summary>
    SecurityBans = 6,
}

/// <summary>
/// Says once for all of a register's lines where data of its clients come from (703/2023 39 §): from whom, by which
/// link, who asked for them, for what purpose and on what basis. It holds from the day it says until the next one for
/// the same data. For coordinators and operators.
/// </summary>
/// <param name="Data">Which data.</param>
/// <param name="Giver">Who gives them: organisation and register.</param>
/// <param name="Link">The technical link by which they come; absent where there is none.</param>
/// <param name="AskedBy">Who asked for them: the unit or the office, never a person's name.</param>
/// <param name="Purpose">What they are for.</param>
/// <param name="LegalBasis">The provision that lets the register have them, or the consent that does.</param>
public sealed record DeclareDataSource(
    DataFromElsewhere Data, string Giver, string? Link, string AskedBy, string Purpose, string LegalBasis)
    : IMunicipalityCommand;

/// <summary>It was said where data of a register's clients come from.</summary>
[StoredAs("municipality.data-source-declared", TellsOfNoPerson = true)]
public sealed record DataSourceDeclared(
    DataFromElsewhere Data, string Giver, string? Link, string AskedBy, string Purpose, string LegalBasis)
    : IMunicipalityEvent;

/// <summary>Where data of a register's clients come from.</summary>
/// <param name="Declared">What was said.</param>
/// <param name="Since">From which day on.</param>
public sealed record DataSource(DataSourceDeclared Declared, DateOnly Since);

/// <summary>The rules of sources.</summary>
public static class DataSources
{
    internal static Decision Declare(MunicipalityState municipality, DeclareDataSource command, Moment moment)
    {
        var refused = Require.Member(command.Data, "data") ?? Require.Name(command.Giver, "giver")
            ?? (command.Link is { } link ? Require.Name(link, "link") : null)
            ?? Require.Name(command.AskedBy, "askedBy") ?? Require.Name(command.Purpose, "purpose")
            ?? Require.Name(command.LegalBasis, "legalBasis");
        var happened = new DataSourceDeclared(
            command.Data, command.Giver, command.Link, command.AskedBy, command.Purpose, command.LegalBasis);
        return refused is not null ? refused
            : On(municipality, command.Data, moment.OccurredOn)?.Declared == happened ? Decision.Nothing
            : municipality.DataSources.Count >= Limits.DataSources ? Refuse.Limit("data", Limits.DataSources)
            : Decision.Happened(happened);
    }

    internal static MunicipalityState Evolve(
        MunicipalityState municipality, DataSourceDeclared happened, DateOnly on) => municipality with
        {
            DataSources = [.. municipality.DataSources, new DataSource(happened, on)],
        };

    /// <summary>Where data come from on a day, of several of that day as said last; null when nothing says it.
    /// </summary>
    public static DataSource? On(MunicipalityState municipality, DataFromElsewhere data, DateOnly day) =>
        municipality.DataSources.Where(known => known.Declared.Data == data && known.Since <= day)
            .Reverse().MaxBy(known => known.Since);
}
