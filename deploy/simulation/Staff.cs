using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Simulation;

/// <summary>
/// Simulated social workers: identifiers without names, the first of them responsible and with the intake, the last at
/// the door of the drop-in centre, training days in the OSST arm.
/// They do not depend on the population's seed, so that populations of several seeds share one staff.
/// </summary>
internal static class Staff
{
    /// <summary>Inhabitants in thousands for each worker beyond the least.</summary>
    private const double InhabitantsPerWorker = 20;

    /// <summary>Workers of one team, who read each other's clients.</summary>
    private const int TeamSize = 3;

    public static IReadOnlyList<string> WorkersOf(string municipality, PopulationAssumptions assumed)
    {
        var (least, most) = assumed.Centres.Workers;
        var inhabitants = assumed.Municipalities.FirstOrDefault(share => share.Value == municipality).Weight;
        var count = Math.Min(most, least + (int)(inhabitants / InhabitantsPerWorker));
        return [.. Enumerable.Range(1, count).Select(worker => $"w-{municipality}-{worker:00}")];
    }

    public static IEnumerable<LoadStep> StepsOf(string municipality, OsstDataSet dataSet, PopulationAssumptions assumed)
    {
        var osst = dataSet.ArmOf(municipality) is StudyArm.OsstAndEmployment;
        var workers = WorkersOf(municipality, assumed);
        foreach (var worker in workers)
        {
            yield return Step(municipality, new AddSocialWorker(worker), dataSet.StartsOn, $"added/{worker}");
        }
        foreach (var step in osst ? Experiment(municipality, workers, dataSet, assumed) : [])
        {
            yield return step;
        }
        for (var number = 0; number < workers.Count; number++)
        {
            var place = new RegisterStaffMember(
                workers[number], HandlesIntake: number == 0, KeepsDoor: number == workers.Count - 1)
            {
                TeamIds = [$"team-{municipality}-{1 + (number / TeamSize)}"],
            };
            yield return Step(municipality, place, dataSet.StartsOn, $"placed/{workers[number]}");
        }
    }

    private static IEnumerable<LoadStep> Experiment(
        string municipality, IReadOnlyList<string> workers, OsstDataSet dataSet, PopulationAssumptions assumed)
    {
        yield return Step(municipality, new NameResponsibleWorker(workers[0]), dataSet.StartsOn, "responsible");
        foreach (var worker in workers)
        {
            var draw = new Draw(StableId.Seed($"training/{worker}"));
            var attended = 0;
            foreach (var day in assumed.Centres.TrainingDays.Where(_ => draw.Chance(assumed.Centres.AttendsTraining)))
            {
                yield return Step(
                    municipality, new RecordTrainingDays(worker, ++attended), day, $"trained/{worker}/{attended}");
            }
        }
    }

    private static LoadStep Step(string municipality, ICommand command, DateOnly on, string name)
    {
        var grain = GrainName.Municipality(municipality);
        return new LoadStep(grain, command, on, StableId.Guid($"staff/{grain}/{name}"), StepOrigin.Synthetic);
    }
}
