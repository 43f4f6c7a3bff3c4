using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Simulation;

/// <summary>
/// Statistics of municipalities as they might be published. They depend on no population's seed, so that populations of
/// several seeds share them.
/// </summary>
internal static class PanelStatistics
{
    private const int Whole = 100_000;

    public static IEnumerable<LoadStep> StepsOf(string municipality, OsstDataSet dataSet, PopulationAssumptions assumed)
    {
        var panel = assumed.Panel;
        var draw = new Draw(StableId.Seed($"panel/{municipality}"));
        var thousands = assumed.Municipalities.FirstOrDefault(share => share.Value == municipality).Weight;
        var residents = (int)(thousands * panel.WorkingAgePerThousand);
        for (var year = panel.From.Year - 1; year < panel.Through.Year; year++)
        {
            yield return Step(municipality, PanelMeasure.Residents, new DateOnly(year, 12, 1), residents, dataSet);
        }
        var level = draw.Between(panel.OnAssistance.Least, panel.OnAssistance.Most);
        var number = 0;
        for (var month = panel.From; month <= panel.Through; month = month.AddMonths(1))
        {
            var share = level - (panel.Trend * number++) + draw.Between(-panel.Noise, panel.Noise)
                - (HasOsst(municipality, month, dataSet) ? panel.Effect : 0);
            yield return Step(
                municipality, PanelMeasure.OnAssistance, month, (int)((long)residents * share / Whole), dataSet);
        }
    }

    private static bool HasOsst(string municipality, DateOnly month, OsstDataSet dataSet) =>
        dataSet.ArmOf(municipality) is StudyArm.OsstAndEmployment && month >= dataSet.StartsOn
        && !(month > dataSet.ObservedUntil(municipality));

    private static LoadStep Step(
        string municipality, PanelMeasure measure, DateOnly month, int persons, OsstDataSet dataSet)
    {
        var grain = GrainName.Municipality(municipality);
        var command = new RecordPanelValue(measure, CalendarMonth.Of(month).ToString(), persons);
        return new LoadStep(
            grain, command, dataSet.EndsOn, StableId.Guid($"panel/{grain}/{measure}/{command.Month}/{persons}"),
            StepOrigin.Synthetic);
    }
}
