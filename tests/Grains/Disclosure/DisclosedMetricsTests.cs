using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Caseload.LiveMetrics;
using static OsstOrleans.Grains.Tests.Sample;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>What a municipality's figures tell those who are not its own staff.</summary>
public sealed class DisclosedMetricsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Asking_for_other_sets_and_subtracting_reveals_only_protected_parts(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var parts = Enumerable.Range(0, 4).Select(_ => RandomPart(random)).ToArray();
            var all = Sum(parts);
            for (var left = 0; left < parts.Length; left++)
            {
                var rest = Sum([.. parts.Where((_, p) => p != left)]);
                var alone = Sum(parts[left]);
                Assert.Equal(alone.Clients, Minus(all.Clients, rest.Clients));
                Assert.Equal(alone.Of(ByStatus), all.Of(ByStatus).Zip(rest.Of(ByStatus), Minus));
                Assert.Equal(alone.Of(ByReason), all.Of(ByReason).Zip(rest.Of(ByReason), Minus));
                Assert.Equal(alone.Of(Overdue), all.Of(Overdue).Zip(rest.Of(Overdue), Minus));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_hidden_status_could_be_another_number_whatever_else_is_shown(int seed)
    {
        var random = new Random(seed);
        var hiddenCells = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var part = RandomPart(random);
            var shown = Sum(part);
            var hidden = Enumerable.Range(0, part.Of(ByStatus).Count)
                .Where(s => shown.Of(ByStatus)[s].Withheld > 0).ToArray();
            if (shown.Clients.Withheld > 0)
            {
                Assert.All(
                    shown.Of(ByStatus).Concat(shown.Of(ByReason)).Concat(shown.Of(Overdue)),
                    c => Assert.Equal(0, c.Shown));
                continue;
            }
            foreach (var cell in hidden)
            {
                hiddenCells++;
                Assert.True(
                    hidden.Where(other => other != cell).Any(
                        other => Fits(part, shown, cell, other) || Fits(part, shown, other, cell)),
                    $"seed {seed}: {(CaseStatus)cell} of [{string.Join(' ', part.Of(ByStatus))}] with overdue "
                    + $"[{string.Join(' ', shown.Of(Overdue))}]");
            }
        }
        Assert.True(hiddenCells > 1_000, $"{hiddenCells}");
    }

    [Fact]
    public void A_total_that_must_stay_hidden_is_not_given_away_by_another_table()
    {
        var part = new CaseloadMetrics { Clients = 6 };
        part.Cells(ByStatus)[(int)CaseStatus.InPlan] = 6;
        part.Cells(ByReason)[1] = part.Cells(ByReason)[2] = 3;
        part.Cells(ByAgeBand)[2] = 6;
        var shown = Sum(part);
        Assert.Null(shown.Clients.Value);
        Assert.All(shown.Of(ByStatus).Concat(shown.Of(ByAgeBand)), count => Assert.Equal(0, count.Shown));
    }

    [Fact]
    public void A_late_count_does_not_give_away_a_hidden_status()
    {
        var part = new CaseloadMetrics { Clients = 51 };
        part.Cells(ByStatus)[(int)CaseStatus.Referred] = 1;
        part.Cells(ByStatus)[(int)CaseStatus.InPlan] = 20;
        part.Cells(ByStatus)[(int)CaseStatus.Met] = 30;
        part.Cells(ByReason)[1] = part.Cells(ByAgeBand)[2] = 51;
        part.Cells(Overdue)[(int)OverdueKind.Review] = 20;
        part.Names(ByMethod)[IntensiveWork] = 20;
        var shown = Sum(part);
        Assert.Equal(51, shown.Clients.Value);
        Assert.Null(shown.Of(Overdue)[(int)OverdueKind.Review].Value);
        Assert.Null(shown.Of(ByMethod)[IntensiveWork].Value);
    }

    [Fact]
    public void A_late_count_leaves_no_single_number_for_a_hidden_status()
    {
        for (var (referred, contacted) = (0, 0); referred < 20; (referred, contacted) = contacted < 19
            ? (referred, contacted + 1) : (referred + 1, 0))
        {
            for (var late = 0; late <= referred; late++)
            {
                var shown = Sum(Waiting(referred, contacted, late));
                if (shown.Clients.Withheld > 0)
                {
                    continue;
                }
                var (ofReferred, ofContacted, ofLate) = (
                    shown.Of(ByStatus)[(int)CaseStatus.Referred], shown.Of(ByStatus)[(int)CaseStatus.Contacted],
                    shown.Of(Overdue)[(int)OverdueKind.Contact]);
                var total = shown.Clients.Shown - (ofReferred.Withheld > 0 && ofContacted.Withheld > 0
                    && shown.Of(ByStatus)[(int)CaseStatus.Registered].Withheld == 0 ? 30 : 0);
                var possible = from r in Enumerable.Range(0, total + 1)
                               where ofReferred.Withheld > 0 || r == referred
                               // That it is shown tells that those who are not late are no small cell.
                               where ofLate.Shown == 0 || SmallCells.MayShow(r - ofLate.Shown)
                               from c in Enumerable.Range(0, total - r + 1)
                               where ofContacted.Withheld > 0 || c == contacted
                               where total == shown.Clients.Shown || r + c == total
                               select (Referred: r, Contacted: c);
                var why = $"{referred} referred of whom {late} late, {contacted} contacted";
                Assert.True(ofReferred.Withheld == 0 || possible.DistinctBy(p => p.Referred).Skip(1).Any(), why);
                Assert.True(ofContacted.Withheld == 0 || possible.DistinctBy(p => p.Contacted).Skip(1).Any(), why);
            }
        }
    }

    [Fact]
    public void Those_in_a_status_who_are_not_late_are_a_cell_too()
    {
        var part = new CaseloadMetrics { Clients = 50 };
        part.Cells(ByStatus)[(int)CaseStatus.InPlan] = 20;
        part.Cells(ByStatus)[(int)CaseStatus.Met] = 30;
        part.Cells(ByReason)[1] = part.Cells(ByAgeBand)[2] = 50;
        part.Cells(Overdue)[(int)OverdueKind.Review] = 18;
        Assert.Null(Sum(part).Of(Overdue)[(int)OverdueKind.Review].Value);
        part.Cells(Overdue)[(int)OverdueKind.Review] = 15;
        Assert.Equal(15, Sum(part).Of(Overdue)[(int)OverdueKind.Review].Value);
    }

    [Fact]
    public void The_own_part_is_exact()
    {
        var part = RandomPart(new Random(5));
        var answer = new DisclosedMetrics();
        answer.AddExactly(part);
        Assert.Equal(part.Of(ByStatus), answer.Of(ByStatus).Select(c => c.Shown));
        Assert.False(answer.Withheld);
    }

    private static CaseloadMetrics Waiting(int referred, int contacted, int late)
    {
        var part = new CaseloadMetrics { Clients = 30 + referred + contacted };
        part.Cells(ByStatus)[(int)CaseStatus.Registered] = 30;
        part.Cells(ByStatus)[(int)CaseStatus.Referred] = referred;
        part.Cells(ByStatus)[(int)CaseStatus.Contacted] = contacted;
        part.Cells(ByReason)[1] = part.Cells(ByAgeBand)[2] = part.Clients;
        part.Cells(Overdue)[(int)OverdueKind.Contact] = late;
        return part;
    }

    /// <summary>One client more in one hidden status and one less in another contradicts nothing shown.</summary>
    private static bool Fits(CaseloadMetrics part, DisclosedMetrics shown, int more, int less) =>
        part.Of(ByStatus)[less] >= 2 && Enum.GetValues<OverdueKind>().All(kind =>
        {
            var room = Enumerable.Range(0, part.Of(ByStatus).Count).Sum(status =>
                StatusesOf(kind).Contains((CaseStatus)status)
                    ? part.Of(ByStatus)[status] + (status == more ? 1 : 0) - (status == less ? 1 : 0) : 0);
            return shown.Of(Overdue)[(int)kind].Shown <= room;
        });

    private static IReadOnlyList<CaseStatus> StatusesOf(OverdueKind kind) =>
        ((Protection.WithinStatuses)Overdue.Protection).Of((int)kind);

    private static DisclosedCount Minus(DisclosedCount one, DisclosedCount other) =>
        new(one.Shown - other.Shown, one.Withheld - other.Withheld);

    private static DisclosedMetrics Sum(params CaseloadMetrics[] parts)
    {
        var answer = new DisclosedMetrics();
        foreach (var part in parts)
        {
            answer.AddProtected(part);
        }
        return answer;
    }

    private static CaseloadMetrics RandomPart(Random random)
    {
        var part = new CaseloadMetrics { Clients = random.Next(120) };
        for (var client = 0; client < part.Clients; client++)
        {
            var status = (CaseStatus)Math.Min(random.Next(10), random.Next(14));
            part.Cells(ByStatus)[(int)status]++;
            part.Cells(ByReason)[random.Next(4) == 0 ? 0 : random.Next(9)]++;
            part.Cells(ByAgeBand)[random.Next(1, 6)]++;
            foreach (var kind in Enum.GetValues<OverdueKind>())
            {
                var late = StatusesOf(kind).Contains(status) && random.Next(5) > 0;
                part.Cells(Overdue)[(int)kind] += late ? 1 : 0;
            }
        }
        return part;
    }
}
