using OsstOrleans.Grains;
using OsstOrleans.Silo.Verification;
using OsstOrleans.Simulation;
using Xunit.Abstractions;

namespace OsstOrleans.Silo.Tests.Feeds;

/// <summary>A silo with a few hundred simulated clients whose lives were then stirred; OSST_SEED repeats it.</summary>
public abstract class PopulationPlace(ITestOutputHelper output) : SiloPlace
{
    private const int Clients = 250;
    private const int Stirred = 60;
    private const int Commands = 2_500;

    private protected IReadOnlyList<GrainName> Everybody { get; private set; } = [];

    private protected async Task Populate()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("OSST_SEED"), out var given) ? given : 20_260_101;
        output.WriteLine($"OSST_SEED={seed}");
        Time.Advance(TimeSpan.FromDays(400));
        var population = Population.Of((ulong)seed, Clients, OsstDataSet.Embedded());
        var loaded = await new Loader(Silo.Grains).Load(population);
        Assert.Equal(0, loaded.Rejected);
        Everybody = [.. Enumerable.Range(0, Clients).Select(number => population.Client(number).Grain)];
        var accepted = await new RandomLives(seed).Live(Silo, [.. Everybody.Take(Stirred)], Commands);
        output.WriteLine(string.Join(", ", accepted));
        string[] wanted =
        [
            "MoveToMunicipality", "CloseMatter", "ReopenMatter", "ReceiveReferral", "AttendMeeting", "MakePlan",
            "MarkRecordedInError",
        ];
        Assert.All(
            wanted,
            name => Assert.True(accepted.GetValueOrDefault(name) > 5, $"Too few {name}."));
        await Silo.WaitFor(Silo.Store.LastPosition);
    }

    private protected string Digests() => string.Join('\n', Silo.Caseloads.Codes.SelectMany(code =>
        Silo.Caseloads.Ask(code, caseload => CaseloadDigest.Of(caseload, Silo.Services.Clock().Today))!
            .Select(part => $"{code} {part.Key}: {part.Value}")
            .Append($"{code} release: {CaseloadDigest.Of(Silo.Caseloads.Edition.Of(code))}")));
}
