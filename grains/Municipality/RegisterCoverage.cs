using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>A command about what a system sends: only who speaks for that system may send it.</summary>
public interface INamesSource
{
    /// <summary>The system, e.g. <c>kela</c>.</summary>
    string Source { get; }
}

/// <summary>
/// Says that a register's months on social assistance are here completely, for all clients of the municipality. Inside
/// coverage a month without a line is a month without assistance; outside it nothing is known. Record it after the
/// lines, and only when none of them was refused. It holds for the clients whom the municipality knows by then: once
/// the lines of newer ones were sent, record it again.
/// </summary>
/// <param name="Source">The system that sent them, e.g. <c>kela</c>.</param>
/// <param name="From">The first calendar month, <c>yyyy-MM</c>.</param>
/// <param name="Through">The last one, which belongs to it; it must be over.</param>
public sealed record RecordRegisterCoverage(string Source, string From, string Through)
    : IMunicipalityCommand, INamesSource;

/// <summary>Takes coverage back that was recorded in error: of these months nothing is known any more.</summary>
/// <param name="Source">The system that sent them.</param>
/// <param name="From">The first calendar month, <c>yyyy-MM</c>.</param>
/// <param name="Through">The last one.</param>
public sealed record WithdrawRegisterCoverage(string Source, string From, string Through)
    : IMunicipalityCommand, INamesSource;

/// <summary>The register's months from one to another are here completely.</summary>
[StoredAs("municipality.register-coverage-recorded", TellsOfNoPerson = true)]
public sealed record RegisterCoverageRecorded(string Source, string From, string Through) : IMunicipalityEvent;

/// <summary>The register's months from one to another are not known to be complete.</summary>
[StoredAs("municipality.register-coverage-withdrawn", TellsOfNoPerson = true)]
public sealed record RegisterCoverageWithdrawn(string Source, string From, string Through) : IMunicipalityEvent;

/// <summary>Months of a register that are here completely, both ends included; written <c>yyyy-MM</c>.</summary>
public sealed record CoveredMonths(string Source, string From, string Through);

internal static class RegisterCoverage
{
    public static Decision Record(MunicipalityState municipality, RecordRegisterCoverage command, Moment moment)
    {
        if (Check(command.Source, command.From, command.Through, moment) is { } refused)
        {
            return refused;
        }
        var happened = new RegisterCoverageRecorded(command.Source, command.From, command.Through);
        // Said again, it holds for those who have become clients since.
        return Evolve(municipality, happened).Coverage.Count > Limits.CoveredPeriods
            ? Refuse.Limit("from", Limits.CoveredPeriods)
            : Decision.Happened(happened);
    }

    public static Decision Withdraw(MunicipalityState municipality, WithdrawRegisterCoverage command, Moment moment)
    {
        if (Check(command.Source, command.From, command.Through, moment) is { } refused)
        {
            return refused;
        }
        var happened = new RegisterCoverageWithdrawn(command.Source, command.From, command.Through);
        var after = Evolve(municipality, happened);
        return municipality.Coverage.SequenceEqual(after.Coverage) ? Decision.Nothing
            : after.Coverage.Count > Limits.CoveredPeriods ? Refuse.Limit("from", Limits.CoveredPeriods)
            : Decision.Happened(happened);
    }

    public static MunicipalityState Evolve(MunicipalityState municipality, RegisterCoverageRecorded happened) =>
        Change(municipality, happened.Source, months => months.UnionWith(Months(happened.From, happened.Through)));

    public static MunicipalityState Evolve(MunicipalityState municipality, RegisterCoverageWithdrawn happened) =>
        Change(municipality, happened.Source, months => months.ExceptWith(Months(happened.From, happened.Through)));

    private static Rejection? Check(string source, string from, string through, Moment moment) =>
        Require.Id(source, "source")
        ?? (!CalendarMonth.TryParse(from, out var first) ? Invalid("from")
            : !CalendarMonth.TryParse(through, out var last) ? Invalid("through")
            : Require.Past(first.FirstDay, moment, "from")
                // The present month may still bring lines: what is not over cannot be complete.
                ?? Require.Past(last.FirstDay.AddMonths(1).AddDays(-1), moment, "through")
                ?? Require.Period(first.FirstDay, last.FirstDay, "through"));

    private static Rejection Invalid(string field) =>
        Refuse.Field(MonthInvalid, field, "A month is written yyyy-MM.");

    private static MunicipalityState Change(
        MunicipalityState municipality, string source, Action<SortedSet<int>> change)
    {
        var months = new SortedSet<int>(municipality.Coverage.Where(it => it.Source == source)
            .SelectMany(it => Months(it.From, it.Through)));
        change(months);
        return municipality with
        {
            Coverage =
            [
                .. municipality.Coverage.Where(it => it.Source != source).Concat(Periods(source, months))
                    .OrderBy(it => it.Source, StringComparer.Ordinal).ThenBy(it => it.From, StringComparer.Ordinal),
            ],
        };
    }

    private static IEnumerable<CoveredMonths> Periods(string source, SortedSet<int> months)
    {
        foreach (var first in months.Where(month => !months.Contains(month - 1)))
        {
            var last = first;
            while (months.Contains(last + 1))
            {
                last++;
            }
            yield return new CoveredMonths(source, Text(first), Text(last));
        }
    }

    private static IEnumerable<int> Months(string from, string through) =>
        CalendarMonth.TryParse(from, out var first) && CalendarMonth.TryParse(through, out var last)
            ? Enumerable.Range(first.Ordinal, Math.Max(0, last.Ordinal - first.Ordinal + 1))
            : [];

    private static string Text(int month) => new CalendarMonth(month / 12, (month % 12) + 1).ToString();
}
