using OsstOrleans.Grains;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Simulation;

namespace OsstOrleans.Silo.Tests.Simulation;

/// <summary>The made-up statistics are complete, and an effect that is put in is found.</summary>
public sealed class PanelStatisticsTests
{
    private static readonly EvaluationQuestion Asked = new(
        EvaluationSubject.Panel, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"));

    [Fact]
    public void Without_an_effect_none_is_found_and_no_comparison_is_refused()
    {
        var result = Of(new PanelAssumptions());
        Assert.Empty(result.Refused);
        Assert.Empty(result.Excluded);
        Assert.Equal(3, result.Comparisons.Count);
        Assert.All(result.Comparisons, comparison => Assert.True(Effect(comparison).P > 0.05));
    }

    [Fact]
    public void An_effect_in_the_months_of_OSST_is_found_in_its_size()
    {
        var result = Of(new PanelAssumptions { Effect = 500 });
        Assert.All(result.Comparisons.Where(it => it.Label == "OSST_AND_EMPLOYMENT"), comparison =>
        {
            Assert.InRange(Effect(comparison).Value!.Value, -0.0055, -0.0045);
            Assert.True(Effect(comparison).P < 0.01);
        });
    }

    private static Estimate Effect(EvaluationComparison comparison) =>
        comparison.Estimates.Single(it => it.Measure == PanelEvaluation.Primary);

    private static EvaluationResult Of(PanelAssumptions panel)
    {
        var dataSet = OsstDataSet.Embedded();
        var population = new Population(
            1, 0, dataSet.StartsOn, dataSet.EndsOn, dataSet,
            assumed: PopulationAssumptions.Default with { Panel = panel });
        return PanelEvaluation.Of(Asked,
        [
            .. population.Surroundings.Where(grain => grain.Grain.Kind is GrainKind.Municipality)
                .OrderBy(grain => grain.Grain.Key, StringComparer.Ordinal)
                .Select(grain => new PanelUnit(
                    grain.Grain.Key, Replay.Municipality(grain.Steps, grain.Grain.Key))),
        ]);
    }
}
