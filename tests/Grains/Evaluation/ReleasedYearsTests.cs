using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>One period less another tells of no single municipality.</summary>
public sealed class ReleasedYearsTests
{
    [Fact]
    public void A_year_of_which_two_municipalities_have_a_table_is_not_told_beside_one_of_three()
    {
        var years = new ReleasedYears<string>();
        foreach (var (municipality, arm, year) in ((int, int, int)[])
            [(0, 1, 2024), (0, 1, 2025), (1, 1, 2024), (1, 2, 2025), (2, 1, 2024), (2, 1, 2025)])
        {
            years.Add(municipality, arm, year, $"{municipality} in {year}", [5, 5]);
        }
        var (told, withheld) = years.All();
        Assert.Equal(["0 in 2024", "1 in 2024", "2 in 2024"], told.Select(it => it.Table));
        Assert.True(withheld);
    }

    [Fact]
    public void Nothing_is_withheld_where_three_have_a_table()
    {
        var years = new ReleasedYears<int>();
        Enumerable.Range(0, 3).ToList().ForEach(municipality => years.Add(municipality, 1, 2024, municipality, [5, 5]));
        Assert.False(years.All().Withheld);
        Assert.False(new ReleasedYears<int>().All().Withheld);
    }

    [Theory]
    [InlineData(5, 9, true)]
    [InlineData(0, 9, false)]
    [InlineData(9, 0, false)]
    [InlineData(4, 9, false)]
    [InlineData(0, 0, true)]
    public void A_table_with_a_small_cell_or_one_in_which_all_share_a_value_is_not_told(int yes, int no, bool isTold)
    {
        var years = new ReleasedYears<int>();
        Enumerable.Range(0, 3).ToList().ForEach(town => years.Add(town, 1, 2024, town, [9, 9], [9, 9]));
        years.Add(3, 1, 2024, 3, [9, 9], [yes, no]);
        var (told, withheld) = years.All();
        Assert.Equal((isTold, !isTold), (told.Any(it => it.Municipality == 3), withheld));
    }

    /// <summary>In the third case the second town is 90 of 105 without the first, whose staff know its part.</summary>
    [Theory]
    [InlineData(new[] { 100, 100, 100 }, true)]
    [InlineData(new[] { 500, 40, 40 }, false)]
    [InlineData(new[] { 200, 90, 15 }, false)]
    [InlineData(new[] { 90, 60, 25 }, true)]
    public void A_year_that_is_nearly_one_municipalitys_is_not_told(int[] sizes, bool isTold)
    {
        var years = new ReleasedYears<int>();
        foreach (var (town, size) in sizes.Index())
        {
            years.Add(town, 1, 2024, town, [size / 2, size - (size / 2)]);
        }
        Assert.Equal(isTold, years.All().Told.Any());
        Assert.Equal(!isTold, years.All().Withheld);
    }

    /// <summary>Its staff know all of them, and take them away at once. In the last case one county is 180 of 205.
    /// </summary>
    [Theory]
    [InlineData(new[] { "hva-08", "hva-08", "hva-05", "hva-05" }, new[] { 50, 50, 50, 50 }, false)]
    [InlineData(new[] { "hva-08", "hva-08", "hva-05", "091" }, new[] { 50, 50, 50, 50 }, true)]
    [InlineData(new[] { "837", "020", "hva-05", "091" }, new[] { 90, 90, 15, 10 }, true)]
    [InlineData(new[] { "hva-08", "hva-08", "hva-05", "091" }, new[] { 90, 90, 15, 10 }, false)]
    public void A_county_is_one_register_however_many_municipalities_it_has(
        string[] registers, int[] sizes, bool isTold)
    {
        EvaluationUnit[] units =
        [
            .. registers.Select((register, town) => new EvaluationUnit(
                $"{town}", MunicipalityDecider.Initial, CoverageFacts.None) { Register = register }),
        ];
        var years = new ReleasedYears<int>(units);
        foreach (var (town, size) in sizes.Index())
        {
            years.Add(town, 1, 2024, town, [size / 2, size - (size / 2)]);
        }
        Assert.Equal(isTold, years.All().Told.Any());
    }
}
