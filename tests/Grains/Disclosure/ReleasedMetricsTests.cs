using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Caseload.LiveMetrics;
using static OsstOrleans.Grains.Tests.Sample;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>What is released of a municipality's figures, and what can be made of it.</summary>
public sealed class ReleasedMetricsTests
{
    private const int K = SmallCells.DefaultK;
    private const int Many = 1_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_count_that_is_hidden_can_be_computed_nor_the_rest_of_a_shown_one(int seed)
    {
        var random = new Random(seed);
        var (hidden, shown, beside) = (0, 0, 0);
        for (var i = 0; i < 25; i++)
        {
            var exact = new MadeUp(random, clients: random.Next(20, 180)).Metrics;
            var released = ReleasedMetrics.Of(exact, CountGrid.Default);
            beside += Partitions.All(table => released.Of(table).Any(cell => cell is not null)) ? 1 : 0;
            var attacker = new Attacker(released);
            foreach (var figure in attacker.Figures())
            {
                var isShown = attacker.ShownOf(figure) is not null;
                (shown, hidden) = isShown ? (shown + 1, hidden) : (shown, hidden + 1);
                var (low, high) = attacker.ShownOf(figure) is { } least ? (least, least + K - 1) : (1, K);
                Assert.True(
                    (attacker.CanBe(figure, 0, low) && attacker.CanBe(figure, high, Many))
                    || (!isShown && !attacker.CanBe(figure, 0, IsRest(figure) ? K - 1 : (2 * K) - 1)),
                    $"seed {seed}, population {i}: {figure} is {(isShown ? "known better than shown" : "known")}");
            }
        }
        Assert.True(
            hidden > 300 && shown > 100 && beside > 3, $"{hidden} hidden, {shown} shown, {beside} of all tables");
    }

    /// <summary>What no made-up people have is attacked by nothing: MadeUp draws a new metric, too.</summary>
    [Fact]
    public void Each_metric_that_outsiders_get_is_shown_of_people_who_are_made_up()
    {
        var random = new Random(6);
        var shown = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var released = ReleasedMetrics.Of(new MadeUp(random, clients: 250).Metrics, CountGrid.Default);
            shown.UnionWith(All.Where(metric => released.ShownOf(metric).Any()).Select(metric => metric.Name.Field));
        }
        var forOthers = All.Where(metric => metric.Protection is not Protection.OwnStaff);
        Assert.Equal(forOthers.Select(metric => metric.Name.Field).Order(), shown.Order());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void No_change_of_a_figure_says_what_happened_to_a_single_person(int seed)
    {
        var random = new Random(seed);
        var changes = 0;
        for (var i = 0; i < 4; i++)
        {
            var people = new MadeUp(random, clients: random.Next(60, 150));
            var before = ReleasedMetrics.Of(people.Metrics, CountGrid.Default);
            for (var round = 0; round < 3; round++)
            {
                people.GoOn(random, changes: random.Next(K, 30));
                var after = ReleasedMetrics.Of(people.Metrics, CountGrid.Default);
                var attacker = new Attacker(before, after);
                attacker.Link(mostPeople: ReleaseRounds.Events);
                foreach (var figure in attacker.Figures().Intersect(attacker.Figures(round: 1))
                    .Where(figure => figure != "clients" && !IsRest(figure)))
                {
                    var (was, now) = (attacker.ShownOf(figure), attacker.ShownOf(figure, round: 1));
                    changes += was == now ? 0 : 1;
                    Assert.True(was is null || now is null || was == now || Math.Abs(was.Value - now.Value) >= K);
                    // All that is known of the change is what the two numbers say, each of which is any of its k.
                    var (low, high) = (Known(was), Known(now));
                    Assert.True(
                        attacker.CanChangeBy(figure, -Many, high.Least - low.Most)
                        && attacker.CanChangeBy(figure, high.Most - low.Least, Many),
                        $"seed {seed}, population {i}, round {round}: {figure} from {was} to {now}");
                }
                before = after;
            }
        }
        Assert.True(changes > 20, $"{changes} changes");
    }

    /// <summary>Seen on a demo: 43 clients, 30 of them registered, 7 late; so one was contacted.</summary>
    [Fact]
    public void A_late_count_does_not_give_away_a_hidden_status()
    {
        var released = ReleasedMetrics.Of(Waiting(referred: 12, contacted: 1, late: 7), CountGrid.Default);
        Assert.Equal(30, released.Of(ByStatus)[(int)CaseStatus.Registered]);
        Assert.Equal(10, released.Of(ByStatus)[(int)CaseStatus.Referred]);
        Assert.Null(released.Of(Overdue)[(int)OverdueKind.Contact]);
        var attacker = new Attacker(released);
        Assert.All((int[])[0, 1, K, (2 * K) - 1], contacted =>
            Assert.True(attacker.CanBe($"byStatus {(int)CaseStatus.Contacted}", contacted, contacted)));
    }

    [Fact]
    public void A_late_count_is_shown_where_it_and_the_others_of_its_statuses_are_many()
    {
        int? Late(int late) => ReleasedMetrics.Of(Waiting(referred: 41, contacted: 0, late), CountGrid.Default)
            .Of(Overdue)[(int)OverdueKind.Contact];
        Assert.Equal([null, 10, 30, null], new[] { 9, 14, 31, 36 }.Select(Late));
    }

    /// <summary>Seen on a demo: by another target another number of referrals is late, so their days follow.</summary>
    [Fact]
    public void Varying_a_target_reads_no_single_client_s_day()
    {
        var random = new Random(11);
        int[] days = [.. Enumerable.Range(0, 80).Select(_ => random.Next(60))];
        var shown = Enumerable.Range(0, 60).Select(target => ReleasedMetrics.Of(
            Waiting(referred: days.Length, contacted: 0, days.Count(day => day > target)), CountGrid.Default)
            .Of(Overdue)[(int)OverdueKind.Contact]).ToList();
        var steps = shown.OfType<int>().Distinct().ToList();
        Assert.True(steps.Count > 5);
        Assert.All(steps.Zip(steps.Skip(1)), step => Assert.True(Math.Abs(step.First - step.Second) >= K));
        Assert.All(shown.OfType<int>(), late => Assert.True(late >= 2 * K));
    }

    [Fact]
    public void Asking_for_other_sets_and_subtracting_reveals_only_forOthersparts()
    {
        var random = new Random(1);
        ReleasedMetrics[] parts = [.. Enumerable.Range(0, 4).Select(_ =>
            ReleasedMetrics.Of(new MadeUp(random, clients: random.Next(120)).Metrics, CountGrid.Default))];
        var all = Sum(parts);
        for (var left = 0; left < parts.Length; left++)
        {
            var (rest, alone) = (Sum([.. parts.Where((_, p) => p != left)]), Sum(parts[left]));
            Assert.Equal(alone.Clients, Minus(all.Clients, rest.Clients));
            Assert.Equal(alone.Of(ByStatus), all.Of(ByStatus).Zip(rest.Of(ByStatus), Minus));
            Assert.Equal(alone.Of(Overdue), all.Of(Overdue).Zip(rest.Of(Overdue), Minus));
        }
    }

    [Fact]
    public void Where_nothing_was_forOthersyet_nothing_is_shown_and_no_zero_either()
    {
        var nothing = Sum(ReleasedMetrics.Nothing);
        Assert.True(nothing.Withheld);
        Assert.Null(nothing.Clients.Value);
        Assert.All(Partitions.Append(Overdue).SelectMany(nothing.Of), count => Assert.Null(count.Value));
        Assert.Empty(nothing.Of(ByMethod));
        Assert.Empty(nothing.Of(ByWorker));
    }

    [Fact]
    public void A_method_is_named_only_where_its_clients_are_shown()
    {
        var exact = Waiting(referred: 30, contacted: 0, late: 0);
        exact.Cells(ByStatus)[(int)CaseStatus.InPlan] = 40;
        exact.Cells(ByReason)[1] += 40;
        exact.Clients += 40;
        exact.Names(ByMethod)[IntensiveWork] = 9;
        Assert.Empty(ReleasedMetrics.Of(exact, CountGrid.Default).Of(ByMethod));
        exact.Names(ByMethod)[IntensiveWork] = 22;
        Assert.Equal(20, ReleasedMetrics.Of(exact, CountGrid.Default).Of(ByMethod)[IntensiveWork]);
    }

    [Fact]
    public void A_release_is_read_from_an_image_as_it_was_written()
    {
        var exact = new MadeUp(new Random(5), clients: 300).Metrics;
        exact.Names(ByMethod)[IntensiveWork] = 12;
        exact.Cells(ByStatus)[(int)CaseStatus.InPlan] += 30;
        ReleasedMetrics? released = ReleasedMetrics.Of(exact, CountGrid.Default), nothing = null, read = null;
        var image = Image.ToWrite();
        ReleasedMetrics.Imprint(image, ref released);
        ReleasedMetrics.Imprint(image, ref nothing);
        var written = Image.ToRead(image.Written.ToArray());
        ReleasedMetrics.Imprint(written, ref read);
        Assert.All(Partitions.Append(Overdue), metric => Assert.Equal(released!.Of(metric), read!.Of(metric)));
        Assert.Equal(released!.Of(ByMethod), read!.Of(ByMethod));
        Assert.Contains(read.Of(ByStatus), cell => cell is not null);
        read = null;
        ReleasedMetrics.Imprint(written, ref read);
        Assert.Null(read);
    }

    /// <summary>Those of a status who are not late: of them it is enough that they are no small group.</summary>
    private static bool IsRest(string figure) => figure.StartsWith("not ", StringComparison.Ordinal);

    private static Bounds Known(int? shown) => CountGrid.Default.Known(shown);

    private static CaseloadMetrics Waiting(int referred, int contacted, int late)
    {
        var part = new CaseloadMetrics { Clients = 30 + referred + contacted };
        part.Cells(ByStatus)[(int)CaseStatus.Registered] = part.Cells(ByReason)[0] = 30;
        part.Cells(ByStatus)[(int)CaseStatus.Referred] = referred;
        part.Cells(ByStatus)[(int)CaseStatus.Contacted] = contacted;
        part.Cells(ByReason)[(int)ReferralReason.Need] = referred + contacted;
        part.Cells(ByAgeBand)[2] = part.Clients;
        part.Cells(Overdue)[(int)OverdueKind.Contact] = late;
        return part;
    }

    private static DisclosedMetrics Sum(params ReleasedMetrics[] parts)
    {
        var answer = new DisclosedMetrics();
        foreach (var part in parts)
        {
            answer.AddReleased(part);
        }
        return answer;
    }

    private static DisclosedCount Minus(DisclosedCount one, DisclosedCount other) =>
        new(one.Shown - other.Shown, one.Withheld - other.Withheld);
}
