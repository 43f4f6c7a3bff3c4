using OsstOrleans.Grains.Evaluation;

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
            years.Add(municipality, arm, year, $"{municipality} in {year}");
        }
        var (told, withheld) = years.All();
        Assert.Equal(["0 in 2024", "1 in 2024", "2 in 2024"], told.Select(it => it.Table));
        Assert.True(withheld);
    }

    [Fact]
    public void Nothing_is_withheld_where_three_have_a_table()
    {
        var years = new ReleasedYears<int>();
        Enumerable.Range(0, 3).ToList().ForEach(municipality => years.Add(municipality, 1, 2024, municipality));
        Assert.False(years.All().Withheld);
        Assert.False(new ReleasedYears<int>().All().Withheld);
    }
}
