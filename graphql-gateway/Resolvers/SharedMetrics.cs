using System.Collections.Concurrent;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// Figures that many subscribers wait for are computed once: all who may see the same share one answer, as long as it
/// is not older than the change that they wait for.
/// </summary>
internal sealed class SharedMetrics(MetricsResolvers metrics)
{
    private const int MaxKept = 512;

    private readonly ConcurrentDictionary<Question, Kept> _kept = new();

    /// <summary>Figures that have seen a position of the log, or more.</summary>
    /// <exception cref="FieldFault">The caller may not ask with this filter.</exception>
    public MetricsView At(
        long position, Caller caller, IReadOnlyList<string>? municipalities, CaseloadFilter filter)
    {
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }
        // With a filter some count the clients alone who are their matter.
        var sees = !AccessPolicy.MayReadClients(caller.Role) ? ""
            : AccessPolicy.SeesNarrowFigures(caller) || filter.TakesAll ? caller.Reach.Name
            : $"{caller.Reach.Name} {caller.Actor}";
        var question = new Question(
            sees, municipalities is null ? null : string.Concat(municipalities.Select(code => $"{code.Length}:{code}")),
            filter, metrics.Today);
        var kept = _kept.GetOrAdd(question, static _ => new Kept());
        lock (kept)
        {
            // An edition may end before an event, so at a position that was answered for already.
            if (kept.View is not { } view || kept.Seen < position || kept.Edition != metrics.EditionAt)
            {
                kept.Seen = Math.Max(position, metrics.Position);
                kept.Edition = metrics.EditionAt;
                kept.View = view = metrics.Now(caller, municipalities, filter);
            }
            return view;
        }
    }

    /// <param name="Sees">Whose figures the caller sees exactly: all that answers depend on.</param>
    /// <param name="Municipalities">Each code with its length, so that no two lists read alike; null for all.</param>
    /// <param name="Filter">Which clients are meant.</param>
    /// <param name="Today">What is late depends on it.</param>
    private sealed record Question(string Sees, string? Municipalities, CaseloadFilter Filter, DateOnly Today);

    private sealed class Kept
    {
        public MetricsView? View { get; set; }

        /// <summary>The log was seen up to here when it was computed; what was released is as of an earlier place.
        /// </summary>
        public long Seen { get; set; }

        /// <summary>Where the edition ended that was there before it was computed.</summary>
        public long Edition { get; set; }
    }
}
