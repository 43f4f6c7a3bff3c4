using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Caseload.LiveMetrics;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>People of a municipality who do not exist, at one time after the other.</summary>
internal sealed class MadeUp
{
    private static readonly CodedValue[] s_methods = [Sample.IntensiveWork, Sample.Housing];

    private readonly List<Person> _people = [];

    public MadeUp(Random random, int clients)
    {
        while (_people.Count < clients)
        {
            _people.Add(Somebody(random));
        }
    }

    /// <summary>Their figures now.</summary>
    public CaseloadMetrics Metrics
    {
        get
        {
            var metrics = new CaseloadMetrics { Clients = _people.Count };
            foreach (var person in _people)
            {
                metrics.Cells(ByStatus)[(int)person.Status]++;
                metrics.Cells(ByReason)[person.Reason]++;
                metrics.Cells(ByAgeBand)[person.AgeBand]++;
                foreach (var kind in person.Late)
                {
                    metrics.Cells(Overdue)[(int)kind]++;
                }
                foreach (var method in person.Methods)
                {
                    var names = metrics.Names(ByMethod);
                    names[method] = names.GetValueOrDefault(method) + 1;
                }
            }
            return metrics;
        }
    }

    /// <summary>Some of them change, leave, or are new.</summary>
    public void GoOn(Random random, int changes)
    {
        for (var i = 0; i < changes; i++)
        {
            var who = random.Next(_people.Count + 1);
            if (who == _people.Count)
            {
                _people.Add(Somebody(random));
            }
            else if (random.Next(8) == 0)
            {
                _people.RemoveAt(who);
            }
            else
            {
                _people[who] = Somebody(random) with { AgeBand = _people[who].AgeBand };
            }
        }
    }

    private static Person Somebody(Random random)
    {
        var status = (CaseStatus)Math.Min(random.Next(10), random.Next(14));
        var reason = status switch
        {
            CaseStatus.Registered => 0,
            CaseStatus.Referred or CaseStatus.NotInvestigated or CaseStatus.Contacted => Reason(random),
            _ => random.Next(4) == 0 ? 0 : Reason(random),
        };
        var late = Enum.GetValues<OverdueKind>().Where(kind => random.Next(5) > 0
            && ((Protection.WithinStatuses)Overdue.Protection).Of((int)kind).Contains(status));
        var methods = status is CaseStatus.InPlan or CaseStatus.Closed
            ? s_methods.Where(_ => random.Next(3) == 0) : [];
        return new Person(status, reason, Math.Min(random.Next(1, 6), random.Next(1, 9)), [.. late], [.. methods]);
    }

    private static int Reason(Random random) => Math.Min(random.Next(1, 9), random.Next(1, 16));

    private sealed record Person(
        CaseStatus Status, int Reason, int AgeBand, IReadOnlyList<OverdueKind> Late, IReadOnlyList<CodedValue> Methods);
}
