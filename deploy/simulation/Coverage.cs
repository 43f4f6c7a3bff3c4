using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Simulation;

/// <summary>Says which months of the made-up register are complete: without it no month counts as free of assistance.
/// </summary>
internal static class Coverage
{
    private const string Source = "simulation";

    /// <summary>One step for each municipality, once the last month's lines have come.</summary>
    /// <param name="municipality">Its code.</param>
    /// <param name="scene">Where the clients live.</param>
    /// <param name="clients">Which clients: it holds for those who are known by then, so others need it anew.</param>
    public static IEnumerable<LoadStep> StepsOf(string municipality, Scene scene, string clients)
    {
        if (MonthsOnAssistance.Covered(scene) is not var (first, last))
        {
            yield break;
        }
        var command = new RecordRegisterCoverage(
            Source, CalendarMonth.Of(first).ToString(), CalendarMonth.Of(last).ToString());
        var grain = GrainName.Municipality(municipality);
        var registered = scene.DataSet.StartsOn;
        yield return new LoadStep(
            grain, command,
            MonthsOnAssistance.ArrivesOn(last) > registered ? MonthsOnAssistance.ArrivesOn(last) : registered,
            StableId.Guid($"coverage/{grain}/{clients}/{command.From}/{command.Through}"), StepOrigin.Synthetic);
    }
}
