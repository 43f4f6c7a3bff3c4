using OsstOrleans.Proof.Tests.Checks;
using OsstOrleans.Proof.Tests.Cluster;
using OsstOrleans.Proof.Tests.Simulated;
using Xunit.Abstractions;

namespace OsstOrleans.Proof.Tests;

/// <summary>A proof that finds nothing may look at nothing: faults that are put in on purpose are found.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int MostSchedules = 600;

    public static TheoryData<string, string> Flaws => new()
    {
        { nameof(StoreFlaw.NoExpectedVersion), "does not lead to version|cannot be read" },
        { nameof(StoreFlaw.FeedByTime), "the feed of|it is not done" },
        { nameof(StoreFlaw.EarlyAnswer), "acknowledged, and is lost|which is lost" },
        { nameof(StoreFlaw.NoOutcomes), "times|sent again is answered otherwise" },
        { nameof(StoreFlaw.EarlyUseLine), "was shown before its line" },
        { nameof(StoreFlaw.HalfErasure), "and can be read|and visits are kept" },
        { nameof(StoreFlaw.LinkBeforeLine), "a line was Rejected" },
    };

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task A_fault_put_in_on_purpose_is_found(string name, string expected)
    {
        var flaw = Enum.Parse<StoreFlaw>(name);
        for (var seed = 1; seed <= MostSchedules; seed++)
        {
            var found = await Fates.Of(new World(seed, flaw));
            if (found.FirstOrDefault(what => expected.Split('|').Any(what.Contains)) is { } hit)
            {
                output.WriteLine($"{name}: found by OSST_SEED={seed}: {hit}");
                return;
            }
        }
        Assert.Fail($"{name} was not found in {MostSchedules} schedules.");
    }
}

/// <summary>What is wrong with a world that was lived through; empty when nothing is.</summary>
internal static class Fates
{
    public static async Task<IReadOnlyList<string>> Of(World world)
    {
        try
        {
            return world.Run() is { } unfinished ? [unfinished] : await Checker.Judge(world);
        }
        catch (Exception fault) when (world.Flaw is not StoreFlaw.None)
        {
            return [fault.ToString()]; // With a fault put in, what cannot go on is found, too.
        }
    }
}
