using System.Collections.Immutable;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>It was recorded that months of a register are complete, or that they are not.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="Source">The system whose months they are.</param>
/// <param name="From">The first month.</param>
/// <param name="Through">The last one, which belongs to it.</param>
/// <param name="Holds">False takes back what was said before.</param>
internal readonly record struct CoverageFact(long Position, string Source, int From, int Through, bool Holds);

/// <summary>
/// What was said of a municipality's registers, in the order of the log. Who says that months are complete can mean
/// only the clients whom the municipality knows by then: the lines of all others were refused. So months count as
/// covered for a client by what was said after the municipality had come to know the client.
/// </summary>
public sealed class CoverageFacts
{
    private readonly ImmutableArray<CoverageFact> _facts;

    private CoverageFacts(ImmutableArray<CoverageFact> facts) => _facts = facts;

    /// <summary>Nothing was said.</summary>
    public static CoverageFacts None { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => _facts.Length;

    /// <summary>With one more; the same when the event says nothing of coverage, or is known already.</summary>
    /// <param name="happened">An event of the municipality.</param>
    /// <param name="position">Its place in the log.</param>
    public CoverageFacts With(IEvent happened, long position) => happened switch
    {
        RegisterCoverageRecorded e => With(position, e.Source, e.From, e.Through, holds: true),
        RegisterCoverageWithdrawn e => With(position, e.Source, e.From, e.Through, holds: false),
        _ => this,
    };

    /// <summary>How many were recorded before a place in the log.</summary>
    public int Before(long position)
    {
        var count = 0;
        while (count < _facts.Length && _facts[count].Position < position)
        {
            count++;
        }
        return count;
    }

    /// <summary>True when the one at this place of the log is among them.</summary>
    internal bool Has(long position) => _facts.Any(fact => fact.Position == position);

    /// <summary>
    /// The months that some source covers, as runs in order, by what was said after the first so many facts and, of
    /// clients who were erased, before their erasure. What is taken back has to be said again.
    /// </summary>
    internal IReadOnlyList<(int From, int Through)> RunsBetween(int before, int until = int.MaxValue)
    {
        var saidBy = new Dictionary<(string Source, int Month), int>();
        for (var i = 0; i < _facts.Length; i++)
        {
            for (var month = _facts[i].From; month <= _facts[i].Through; month++)
            {
                if (_facts[i].Holds && i >= until)
                {
                    continue; // No line of an erased client could come with it.
                }
                if (_facts[i].Holds)
                {
                    saidBy[(_facts[i].Source, month)] = i;
                }
                else
                {
                    saidBy.Remove((_facts[i].Source, month));
                }
            }
        }
        var months = new SortedSet<int>(saidBy.Where(it => it.Value >= before).Select(it => it.Key.Month));
        var runs = new List<(int From, int Through)>();
        foreach (var month in months)
        {
            if (runs.Count > 0 && runs[^1].Through == month - 1)
            {
                runs[^1] = (runs[^1].From, month);
            }
            else
            {
                runs.Add((month, month));
            }
        }
        return runs;
    }

    internal static void Imprint(Rows.Image image, ref CoverageFacts facts)
    {
        var list = facts._facts;
        image.List(ref list, static (i, fact) =>
        {
            var (position, source, from, through, holds) = fact;
            source ??= "";
            i.Value(ref position);
            i.Name(ref source);
            i.Value(ref from);
            i.Value(ref through);
            i.Value(ref holds);
            return new CoverageFact(position, source, from, through, holds);
        });
        facts = new CoverageFacts(list);
    }

    /// <summary>Each as a line.</summary>
    internal IEnumerable<string> Lines() => _facts.Select(fact => $"coverage {fact}");

    private CoverageFacts With(long position, string source, string from, string through, bool holds)
    {
        if (Has(position) || !CalendarMonth.TryParse(from, out var first)
            || !CalendarMonth.TryParse(through, out var last))
        {
            return this;
        }
        return new CoverageFacts(_facts.Insert(
            Before(position), new CoverageFact(position, source, first.Ordinal, last.Ordinal, holds)));
    }
}
