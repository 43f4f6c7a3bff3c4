using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Caseload;

/// <summary>Filters, counters and pages against a plain loop over the listed clients of a random register.</summary>
public sealed class FilterTests
{
    private static readonly ICommand[] Commands =
    [
        FromKela, FromKela with { ReferralId = "r2", Reason = ReferralReason.Reduction20 }, Booking, Assessing,
        new AttendMeeting("m1"), new MissMeeting("m1"), new AssessNeed(Clientship: false), Planning, Reviewing,
        new RecordContactAttempt(ContactChannel.Phone, true),
        new AssignWorker("w1", true), new AssignWorker("w2", true),
        Booking with { MeetingId = "m2", MeetingOn = Day("2019-12-31") }, new CloseMatter(ClosingReason.Other),
        new ReopenMatter(), Planning with { PlanId = "p2", Services = [new(EmploymentServices)] },
    ];

    public static TheoryData<int> Seeds => [1, 2, 3];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Standing_counters_equal_a_count_of_the_listed_clients(int seed)
    {
        var register = RandomRegister(seed);
        var (all, metrics) = (register.List(), register.Metrics());
        Assert.Equal(all.Count, metrics.Clients);
        Assert.Equal(
            Enum.GetValues<CaseStatus>().Select(s => all.Count(e => e.Status == s)), metrics.Of(LiveMetrics.ByStatus));
        Assert.Equal(
            Enumerable.Range(0, 9).Select(r => all.Count(e => (int)(e.Reason ?? 0) == r)),
            metrics.Of(LiveMetrics.ByReason));
        Assert.Equal(
            Enum.GetValues<OverdueKind>().Select(k => all.Count(e => e.Overdue.Contains(k))),
            metrics.Of(LiveMetrics.Overdue));
        Assert.Equal(
            all.Where(e => e.WorkerId is not null).CountBy(e => e.WorkerId!).OrderBy(w => w.Key),
            metrics.Of(LiveMetrics.ByWorker).OrderBy(w => w.Key));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_table_of_two_metrics_counts_each_pair_of_cells_as_the_list_does(int seed)
    {
        var register = RandomRegister(seed);
        var all = register.List();
        AssertCells(
            (LiveMetrics.ByStatus, e => [e.Status]), (LiveMetrics.ByReason, e => [e.Reason]));
        AssertCells(
            (LiveMetrics.ByWorker, e => e.WorkerId is { } worker ? [worker] : []),
            (LiveMetrics.Overdue, e => e.Overdue.Cast<object?>()));
        AssertCells(
            (LiveMetrics.Overdue, e => e.Overdue.Cast<object?>()), (LiveMetrics.ByAgeBand,
                e => [AgeBands.Of(e.BirthYear, Register.Now.Year)]));

        void AssertCells(
            (CaseloadMetric Metric, Func<CaseloadEntry, IEnumerable<object?>> Of) first,
            (CaseloadMetric Metric, Func<CaseloadEntry, IEnumerable<object?>> Of) second)
        {
            var crossed = new CrossedMetrics(first.Metric, second.Metric);
            register.Caseload.AddTo(crossed, CaseloadFilter.All, Register.Now);
            var cells = crossed.Cells().ToArray();
            Assert.Equal(cells.Length, cells.Select(cell => (cell.First, cell.Second)).Distinct().Count());
            Assert.All(cells, cell => Assert.Equal(
                all.Count(e => first.Of(e).Contains(cell.First) && second.Of(e).Contains(cell.Second)), cell.Count));
            Assert.Equal(
                all.Sum(e => first.Of(e).Count() * second.Of(e).Count()), cells.Sum(cell => cell.Count));
        }
    }

    /// <summary>What is released to outsiders rests on it; see <see cref="LiveMetrics.Implications"/>.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_known_of_every_client_of_a_status_is_so(int seed)
    {
        foreach (var client in RandomRegister(seed).List())
        {
            Assert.All(
                LiveMetrics.Implications.Where(known => IsIn(client, known.These)),
                known => Assert.True(IsIn(client, known.Those), $"seed {seed}: {client.Status}, {client.Reason}"));
            Assert.All(
                client.Overdue.Where(kind => kind is not OverdueKind.Contact),
                kind => Assert.Contains(
                    client.Status, ((Protection.WithinStatuses)LiveMetrics.Overdue.Protection).Of((int)kind)));
            Assert.False(client.Overdue.Contains(OverdueKind.Contact) && (client.Reason is null || client.Status
                is CaseStatus.Contacted or CaseStatus.NotInvestigated or CaseStatus.Closed));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_filter_and_any_combination_takes_whom_a_plain_loop_takes(int seed)
    {
        var register = RandomRegister(seed);
        var random = new Random(seed);
        var matched = 0;
        for (var i = 0; i < 500; i++)
        {
            var filter = RandomFilter(random, onePartIn: i < 250 ? 7 : 4);
            var expected = register.List().Where(entry => Takes(filter, entry)).ToList();
            Assert.True(
                expected.Select(e => e.Client).SequenceEqual(register.List(filter).Select(e => e.Client)),
                $"seed {seed}: {filter}");
            Assert.Equal(expected.Count, register.Metrics(filter).Clients);
            Assert.Equal(expected.Count, register.Caseload.CountListed(filter, Register.Now));
            matched += expected.Count;
        }
        Assert.True(matched > 500, $"The filters matched only {matched}.");
    }

    [Fact]
    public void A_filter_by_method_takes_those_with_the_method_in_the_current_plan()
    {
        var register = new Register().With("a", Planned).With("b", Assessed);
        Assert.Equal(["a"], register.List(new() { Method = IntensiveWork }).Select(e => e.Client));
        Assert.Empty(register.List(new() { Method = Housing }));
        register.With("a", On("2018-05-02", Planning with { PlanId = "p2", Services = [new(EmploymentServices)] }));
        Assert.Empty(register.List(new() { Method = IntensiveWork }));
    }

    [Fact]
    public void A_filter_by_arm_takes_all_or_nobody()
    {
        var register = new Register((StudyArm.Neither, "2018-01-01", "2018-12-31")).With("a", Registered);
        var filter = new CaseloadFilter { Arm = StudyArm.Neither };
        Assert.Equal(1, register.Metrics(filter, Day("2018-12-31")).Clients);
        Assert.Equal(0, register.Metrics(filter, Day("2019-01-01")).Municipalities);
        Assert.True(filter.TakesAll);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pages_skip_nobody_and_repeat_nobody_while_clients_come_and_go(int seed)
    {
        var (register, random) = (RandomRegister(seed), new Random(seed));
        var before = register.List().Select(e => e.Client).ToHashSet();
        var (seen, gone, after) = (new List<string>(), new HashSet<string>(), -1L);
        while (register.List(after: after, max: 7) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(e => e.Client));
            after = page[^1].Since;
            if (seen.Count < 60)
            {
                register.With($"new-{seen.Count}", Registered);
            }
            var leaving = $"c{random.Next(80)}";
            register.MoveOut(leaving);
            gone.Add(leaving);
            before.ExceptWith(gone.Except(seen));
        }
        Assert.Equal(seen.Distinct(), seen);
        Assert.Subset(seen.ToHashSet(), before);
        Assert.Contains(seen, client => client.StartsWith("new-"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pages_from_the_end_are_the_pages_from_the_beginning_backwards(int seed)
    {
        var (register, random) = (RandomRegister(seed), new Random(seed));
        for (var i = 0; i < 200; i++)
        {
            var filter = RandomFilter(random, onePartIn: 7);
            var all = register.List(filter);
            var (after, before) = (random.Next(-1, 300), random.Next(0, 400));
            var between = all.Where(e => e.Since > after && e.Since < before).ToList();
            var max = random.Next(1, 30);
            Assert.Equal(between.Take(max), Page(fromEnd: false), Same);
            Assert.Equal(between.TakeLast(max), Page(fromEnd: true), Same);

            IEnumerable<CaseloadEntry> Page(bool fromEnd) => register.Caseload.List(
                filter, Register.Now, new CaseloadSlice(max, after, before, fromEnd));
        }

        static bool Same(CaseloadEntry one, CaseloadEntry other) => one.Client == other.Client;
    }

    private static bool IsIn(CaseloadEntry client, CellGroup group) => group.Cells.Contains(
        group.Table == LiveMetrics.ByStatus.Index ? (int)client.Status
        : group.Table == LiveMetrics.ByReason.Index ? (int)(client.Reason ?? 0)
        : group.Table == LiveMetrics.ByAgeBand.Index ? (int)AgeBands.Of(client.BirthYear, Register.Now.Year)
        : throw new NotSupportedException($"Nothing says in which cell of table {group.Table} a client is."));

    private static CaseloadFilter RandomFilter(Random random, int onePartIn)
    {
        return new()
        {
            Status = Chance() ? (CaseStatus)random.Next(10) : null,
            Reason = Chance() ? (ReferralReason)random.Next(1, 4) : null,
            AgeBand = Chance() ? (AgeBand)random.Next(1, 6) : null,
            WorkerId = Chance() ? $"w{random.Next(1, 4)}" : null,
            Overdue = Chance() ? (OverdueKind)random.Next(3) : null,
            ReceivedFrom = Chance() ? Day("2018-01-01").AddDays(random.Next(700)) : null,
            ReceivedTo = Chance() ? Day("2018-01-01").AddDays(random.Next(700)) : null,
        };

        bool Chance() => random.Next(onePartIn) == 0;
    }

    private static bool Takes(CaseloadFilter filter, CaseloadEntry entry) =>
        (filter.Status is null || filter.Status == entry.Status)
        && (filter.Reason is null || filter.Reason == entry.Reason)
        && (filter.AgeBand is null || filter.AgeBand == AgeBands.Of(entry.BirthYear, Register.Now.Year))
        && (filter.WorkerId is null || filter.WorkerId == entry.WorkerId)
        && (filter.Overdue is null || entry.Overdue.Contains(filter.Overdue.Value))
        && (filter.ReceivedFrom is null || entry.ReceivedOn >= filter.ReceivedFrom)
        && (filter.ReceivedTo is null || entry.ReceivedOn <= filter.ReceivedTo);

    internal static Register RandomRegister(int seed)
    {
        var (register, random) = (new Register(), new Random(seed));
        for (var client = 0; client < 80; client++)
        {
            register.With($"c{client}", On("2018-01-15", Sample.Register with { BirthYear = 1940 + random.Next(70) }));
            for (var i = random.Next(25); i > 0; i--)
            {
                var day = Day("2018-01-15").AddDays(random.Next(710)).ToString("yyyy-MM-dd");
                register.Try($"c{client}", On(day, Commands[random.Next(Commands.Length)]));
            }
            if (random.Next(10) == 0)
            {
                register.MoveOut($"c{client}");
            }
        }
        return register;
    }
}
