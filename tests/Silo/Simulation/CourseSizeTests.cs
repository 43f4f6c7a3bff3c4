using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Simulation;
using Xunit.Abstractions;

namespace OsstOrleans.Silo.Tests.Simulation;

/// <summary>What a client takes in the books of outcomes: the bound is on the evaluation's page.</summary>
public sealed class CourseSizeTests(ITestOutputHelper output)
{
    private const int Clients = 2_000;
    private const int MostBytes = 800;

    [Fact]
    public void A_simulated_client_takes_some_hundred_bytes()
    {
        var population = Population.Of(1, Clients, OsstDataSet.Embedded());
        var book = new OutcomeBook();
        for (var number = 0; number < Clients; number++)
        {
            var place = 1;
            foreach (var (happened, on) in Replay.Events(population.Client(number)))
            {
                book.Apply($"client-{number}", happened, on, place++);
            }
        }
        book.Settle();
        var (whole, sums) = (Image.ToWrite(), Image.ToWrite());
        book.Imprint(whole);
        book.ImprintSums(sums);
        var bytes = (whole.Written.Length - sums.Written.Length) / Clients;
        output.WriteLine($"{bytes} bytes a client");
        Assert.InRange(bytes, 100, MostBytes);
    }
}
