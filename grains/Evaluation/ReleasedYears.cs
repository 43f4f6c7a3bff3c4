using OsstOrleans.Grains.Disclosure;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Tables of single municipalities that others may see, each of one calendar year. They are shown only together with
/// those of two other municipalities of the same arm and year: else one period less another would be one
/// municipality's year.
/// </summary>
/// <typeparam name="TTable">What a table holds.</typeparam>
internal sealed class ReleasedYears<TTable>
{
    private readonly List<(int Municipality, int Arm, int Year, TTable Table)> _tables = [];

    /// <summary>A table that is safe by itself; one for each municipality, arm and year.</summary>
    public void Add(int municipality, int arm, int year, TTable table) =>
        _tables.Add((municipality, arm, year, table));

    /// <summary>Those that are shown, in the order in which they came; the others are withheld.</summary>
    public (IEnumerable<(int Municipality, int Arm, TTable Table)> Told, bool Withheld) All()
    {
        var told = _tables.GroupBy(it => (it.Arm, it.Year))
            .Where(year => year.Count() >= SmallCells.FewestMunicipalities).Select(year => year.Key).ToHashSet();
        return (
            _tables.Where(it => told.Contains((it.Arm, it.Year))).Select(it => (it.Municipality, it.Arm, it.Table)),
            _tables.Exists(it => !told.Contains((it.Arm, it.Year))));
    }
}
