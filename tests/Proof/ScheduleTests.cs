using System.Diagnostics;
using System.Globalization;
using OsstOrleans.Proof.Tests.Cluster;
using OsstOrleans.Silo.Storage.Sqlite;
using OsstOrleans.Silo.Tests;
using Xunit.Abstractions;

namespace OsstOrleans.Proof.Tests;

/// <summary>
/// Short lives of a cluster in many orders, with faults at every await, each judged whole. <c>OSST_SEED</c> begins with
/// another seed, <c>OSST_SCHEDULES</c> says how many.
/// </summary>
public sealed class ScheduleTests
{
    private const int InSuite = 2_500;

    private static int First => Number("OSST_SEED", 1);

    [Fact]
    public async Task The_same_seed_gives_the_same_order_down_to_the_last_step()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (one, other) = (new World(seed), new World(seed));
            await Fates.Of(one);
            await Fates.Of(other);
            Assert.Equal((seed, one.Schedule.Trace), (seed, other.Schedule.Trace));
        }
    }

    /// <summary>Seeds by which faults of the product were found, each mended since.</summary>
    [Theory]
    [InlineData(4)] // A duplicate was merged into a client who had been erased, and nobody had its referrals.
    [InlineData(6)] // A page of the feed was repeated from its beginning when the store failed in the middle of it.
    [InlineData(98)] // A survivor who moved between two steps of a merge did not get the duplicate's referrals.
    [InlineData(215)] // An erased duplicate stopped every projection for good.
    [InlineData(665)] // Verify told a difference where a client with an entry in error had been merged.
    [InlineData(6593)] // A duplicate was read where it was not known yet, and the merge ended without its referrals.
    public async Task What_was_found_once_stays_mended(int seed) => Assert.Empty(await Fates.Of(new World(seed)));

    [Fact]
    public async Task On_a_real_file_it_is_the_same()
    {
        using var folder = new TempFolder();
        for (var seed = First; seed < First + 10; seed++)
        {
            var place = Path.Combine(folder.Path, $"{seed}");
            await using var store = SqliteStore.Open(place);
            Assert.True(await store.TryBindKey(World.Key));
            Assert.Equal((seed, ""), (seed, string.Join('\n', await Fates.Of(new World(seed, store: store)))));
        }
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : otherwise;

    /// <summary>Each derived class takes a share, beside the others.</summary>
    public abstract class Share(int number, ITestOutputHelper output)
    {
        private const int Shares = 4;

        [Fact]
        public async Task Whatever_the_order_nothing_is_lost_doubled_half_done_or_shown_too_early()
        {
            var schedules = Number("OSST_SCHEDULES", InSuite * Shares) / Shares;
            var first = First + (number * schedules);
            var (watch, steps, wrong) = (Stopwatch.StartNew(), 0L, new List<string>());
            for (var seed = first; seed < first + schedules; seed++)
            {
                var world = new World(seed);
                wrong.AddRange((await Fates.Of(world)).Select(what => $"OSST_SEED={seed}: {what}"));
                steps += world.Schedule.Steps;
            }
            output.WriteLine($"{schedules} schedules from OSST_SEED={first}, {steps} steps in {watch.Elapsed}");
            Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(60)));
        }
    }
}

public sealed class ScheduleShare1Tests(ITestOutputHelper output) : ScheduleTests.Share(0, output);

public sealed class ScheduleShare2Tests(ITestOutputHelper output) : ScheduleTests.Share(1, output);

public sealed class ScheduleShare3Tests(ITestOutputHelper output) : ScheduleTests.Share(2, output);

public sealed class ScheduleShare4Tests(ITestOutputHelper output) : ScheduleTests.Share(3, output);
