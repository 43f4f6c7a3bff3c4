using OsstOrleans.Proof.Tests.Checks;
using OsstOrleans.Proof.Tests.Cluster;
using OsstOrleans.Proof.Tests.Simulated;
using Xunit.Abstractions;

namespace OsstOrleans.Proof.Tests;

/// <summary>
/// A proof that finds nothing may look at nothing: faults that are put in on purpose are found. Some are put into the
/// store, and what callers see is then wrong by itself; the others into what is left of a life in which all was well.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int MostSchedules = 600;

    /// <summary>A fault of the store, and the rules any one of which finds it.</summary>
    public static TheoryData<string, string> Flaws => new()
    {
        { nameof(StoreFlaw.NoExpectedVersion), $"{Rule.Decided}|{Rule.StreamIsWhole}" },
        { nameof(StoreFlaw.FeedByTime), nameof(Rule.FeedShowsAll) },
        { nameof(StoreFlaw.LostWakeUp), nameof(Rule.Ends) },
        { nameof(StoreFlaw.EarlyAnswer), nameof(Rule.AcknowledgedIsKept) },
        { nameof(StoreFlaw.NoOutcomes), nameof(Rule.Once) },
        { nameof(StoreFlaw.NoOutcomes), nameof(Rule.SameAnswer) },
        { nameof(StoreFlaw.EarlyUseLine), nameof(Rule.LineBeforeAnswer) },
        { nameof(StoreFlaw.NoFence), nameof(Rule.ShownIsCurrent) },
        { nameof(StoreFlaw.EarlyDisclosureLine), nameof(Rule.LineBeforeDelivery) },
        { nameof(StoreFlaw.HalfErasure), nameof(Rule.ErasedIsUnreadable) },
        { nameof(StoreFlaw.HalfErasure), nameof(Rule.ConsentEnds) },
        { nameof(StoreFlaw.LinkBeforeLine), nameof(Rule.LineIsStoredOnce) },
    };

    public static TheoryData<string> Forgeries
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var rule in Tampering.Ways.Keys)
            {
                data.Add($"{rule}");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task A_fault_put_in_on_purpose_is_found(string name, string rules)
    {
        var flaw = Enum.Parse<StoreFlaw>(name);
        // What has to come together for some faults is rare; the search ends with the first that is found.
        for (var seed = 1; seed <= 4 * MostSchedules; seed++)
        {
            var found = await Fates.Of(new World(seed, flaw));
            if (found.FirstOrDefault(what => rules.Split('|').Contains(what.Split(": ")[0])) is { } hit)
            {
                output.WriteLine($"{name}: found by OSST_SEED={seed}: {hit}");
                return;
            }
        }
        Assert.Fail($"{name} was not found by {rules} in {4 * MostSchedules} schedules.");
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_is_left_of_a_life_cannot_be_changed_unnoticed(string name)
    {
        var rule = Enum.Parse<Rule>(name);
        for (var seed = 1; seed <= MostSchedules; seed++)
        {
            var world = new World(seed);
            Assert.Null(world.Run());
            var log = await Checker.LogOf(world);
            if (await Tampering.Ways[rule](world, log)
                && (await Checker.Judge(world, log)).FirstOrDefault(what => what.Split(": ")[0] == name) is { } hit)
            {
                output.WriteLine($"{rule}: found in OSST_SEED={seed}: {hit}");
                return;
            }
        }
        Assert.Fail($"{rule} found nothing in {MostSchedules} schedules.");
    }

    [Fact]
    public void Every_rule_has_a_mutation_that_it_finds() => Assert.Equal(
        Enum.GetNames<Rule>().Order(),
        Flaws.SelectMany(flaw => ((string)flaw[1]).Split('|')).Concat(Tampering.Ways.Keys.Select(rule => $"{rule}"))
            .Distinct().Order());
}

/// <summary>What is wrong with a world that was lived through; empty when nothing is.</summary>
internal static class Fates
{
    /// <summary>No rule's name: a world that throws has broken, and has kept or broken no promise.</summary>
    private const string Threw = "threw";

    public static async Task<IReadOnlyList<string>> Of(World world)
    {
        try
        {
            return world.Run() is { } unfinished
                ? [Breach.Of(Rule.Ends, unfinished)]
                : await Checker.Judge(world, await Checker.LogOf(world));
        }
        catch (Exception fault)
        {
            return [$"{Threw}: {fault}"];
        }
    }
}
