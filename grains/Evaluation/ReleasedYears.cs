using OsstOrleans.Grains.Disclosure;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Tables of single municipalities that others may see, each of one calendar year. A table has no small cell and no row
/// in which all share one value. Tables are shown only together with those of two other registers of the same arm and
/// year, else one period less another would be one register's year; and only where none of them is more than 85 % of a
/// row's sum, also when any one of them is taken away, whose staff know its part: a county's, all its municipalities.
/// </summary>
/// <typeparam name="TTable">What a table holds.</typeparam>
/// <param name="units">The municipalities, by which tables are numbered; null where each keeps its own register.
/// </param>
internal sealed class ReleasedYears<TTable>(IReadOnlyList<EvaluationUnit>? units = null)
{
    private readonly List<(int Municipality, int Arm, int Year, TTable Table, int[] Sums)> _tables = [];
    private bool _withheld;

    /// <summary>A table, one for each municipality, arm and year; one that is not safe by itself is withheld.</summary>
    /// <param name="municipality">Whose table.</param>
    /// <param name="arm">The municipality's arm.</param>
    /// <param name="year">The year.</param>
    /// <param name="table">What is shown.</param>
    /// <param name="rows">The persons in the cells of its rows, as many rows in each table.</param>
    public void Add(int municipality, int arm, int year, TTable table, params int[][] rows)
    {
        if (Array.TrueForAll(rows, row => SmallCells.MayShowRow(row)))
        {
            _tables.Add((municipality, arm, year, table, [.. rows.Select(row => row.Sum())]));
        }
        else
        {
            _withheld = true;
        }
    }

    /// <summary>Those that are shown, in the order in which they came; the others are withheld.</summary>
    public (IEnumerable<(int Municipality, int Arm, int Year, TTable Table)> Told, bool Withheld) All()
    {
        var told = _tables.GroupBy(it => (it.Arm, it.Year))
            .Where(year => MayStandTogether(
                [.. year.GroupBy(it => RegisterOf(it.Municipality)).Select(Together)]))
            .Select(year => year.Key).ToHashSet();
        return (
            _tables.Where(it => told.Contains((it.Arm, it.Year)))
                .Select(it => (it.Municipality, it.Arm, it.Year, it.Table)),
            _withheld || _tables.Exists(it => !told.Contains((it.Arm, it.Year))));
    }

    private string RegisterOf(int municipality) => units?[municipality].Register ?? $"{municipality}";

    /// <summary>What a register has of each row, in all its municipalities.</summary>
    private static int[] Together(IEnumerable<(int Municipality, int Arm, int Year, TTable Table, int[] Sums)> own) =>
        own.Select(it => it.Sums).Aggregate((one, other) => [.. one.Zip(other, (a, b) => a + b)]);

    private static bool MayStandTogether(int[][] sums) => sums.Length >= SmallCells.FewestMunicipalities
        && Enumerable.Range(0, sums[0].Length).All(row => IsOfMany([.. sums.Select(sum => sum[row])]));

    /// <summary>True when no register is nearly all of a row, also of what is left without any one.</summary>
    private static bool IsOfMany(int[] parts) => parts.Sum() == 0
        || (!SmallCells.IsDominated(parts.Sum(), parts)
            && Enumerable.Range(0, parts.Length).All(own =>
                parts[own] == 0 || !SmallCells.IsDominated(
                    parts.Sum() - parts[own], parts.Where((_, other) => other != own))));
}
