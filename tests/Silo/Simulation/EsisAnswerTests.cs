using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Simulation;

namespace OsstOrleans.Silo.Tests.Simulation;

/// <summary>Made-up answers to ESIS.</summary>
public sealed class EsisAnswerTests
{
    private static readonly Population Made = Population.Of(11, 1_000, OsstDataSet.Embedded());

    [Fact]
    public void Some_clients_answer_more_than_once_and_none_without_a_consent()
    {
        var lives = Enumerable.Range(0, 1_000).Select(number => Made.Client(number).Steps)
            .Where(steps => steps.Any(step => step.Command is RecordMeasureAnswers)).ToList();
        Assert.InRange(lives.Count, 100, 500);
        Assert.Contains(lives, steps => steps.Count(step => step.Command is RecordMeasureAnswers) > 1);
        Assert.All(lives, steps =>
        {
            var consent = steps.ToList().FindIndex(step => step.Command is GiveMeasureConsent);
            Assert.InRange(consent, 1, steps.ToList().FindIndex(step => step.Command is RecordMeasureAnswers) - 1);
        });
    }

    [Fact]
    public void Visitors_of_every_centre_answer_without_a_name() => Assert.All(
        Made.Surroundings.Where(grain => grain.Steps.Any(step => step.Command is RecordVisits)),
        centre => Assert.Contains(centre.Steps, step => step.Command is RecordAnonymousAnswers));
}
