using System.Globalization;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Disclosure;

namespace OsstOrleans.Silo.Verification;

/// <summary>
/// Everything a caseload can be asked, as text that does not depend on the order in which streams were folded. Two
/// caseloads with equal digests give equal answers.
/// </summary>
internal static class CaseloadDigest
{
    /// <summary>Said in full: a struct's own defaults are zeros, and a list of no lines equals any other.</summary>
    private static readonly CaseloadSlice Whole = new(int.MaxValue);

    /// <summary>The parts by name.</summary>
    public static Dictionary<string, string> Of(MunicipalityCaseload caseload, DateOnly today) => new()
    {
        ["metrics"] = Metrics(caseload, today),
        ["clients"] = Lines(caseload.List(CaseloadFilter.All, today, Whole).Select(Entry)),
        ["worklists"] = Lists(caseload, today),
        ["log requests"] = Lines(caseload.LogRequests
            .Select(request => request.ToString()).Order(StringComparer.Ordinal)),
        ["restrictions"] = Lines(caseload.Restrictions
            .Select(restriction => restriction.ToString()).Order(StringComparer.Ordinal)),
        ["retention"] = Lines(Kept(caseload, held: false).Concat(Kept(caseload, held: true))),
        ["openings"] = Lines(caseload.Openings.Select(opening => opening.ToString())),
    };

    /// <summary>What outsiders see of it; it depends on the order of the log, so only two folds in that order agree.
    /// </summary>
    public static string Of(ReleasedMetrics released)
    {
        var digest = new ReleaseDigest(released);
        LiveMetrics.ForEach(digest);
        return string.Join('|', digest.Parts);
    }

    private static string Metrics(MunicipalityCaseload caseload, DateOnly today)
    {
        var metrics = new CaseloadMetrics();
        caseload.AddTo(metrics, CaseloadFilter.All, today);
        var digest = new MetricsDigest(metrics);
        LiveMetrics.ForEach(digest);
        return $"{metrics.Clients}|{string.Join('|', digest.Parts)}";
    }

    /// <summary>A line without its place: that is where the order of folding shows.</summary>
    private static string Entry(CaseloadEntry entry) =>
        (entry with { Since = 0, Overdue = [] }) + ":" + Join(entry.Overdue.Select(kind => (int)kind));

    private static string Lists(MunicipalityCaseload caseload, DateOnly today) =>
        Lines(caseload.Worklists(new WorklistQuestion(today, null, 60) { Max = int.MaxValue })
            .SelectMany(list => list.Items.Select(item => $"{list.Kind}:{item.DueOn.DayNumber}:{item.Entry.Client}")));

    /// <summary>All clients whose matter is closed: on the last of days all are due.</summary>
    private static IEnumerable<string> Kept(MunicipalityCaseload caseload, bool held) =>
        caseload.RetentionDue(new RetentionQuestion(DateOnly.MaxValue, held, int.MaxValue))
            .Select(item => (item with { Since = 0 }).ToString());

    private static string Join<T>(IEnumerable<T> values)
        where T : IFormattable =>
        string.Join(',', values.Select(value => value.ToString(null, CultureInfo.InvariantCulture)));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    private sealed class ReleaseDigest(ReleasedMetrics released) : IMetricForms
    {
        public List<string> Parts { get; } = [];

        public void Cells<TEnum>(EnumMetric<TEnum> metric)
            where TEnum : struct, Enum => Parts.Add(
                $"{metric.Name.Field}:{Join(released.Of(metric).Select(shown => shown ?? -1))}");

        public void Named<T>(NamedMetric<T> metric)
            where T : notnull =>
            Parts.Add($"{metric.Name.Field}:{Lines(released.Of(metric).Select(m => $"{m.Key}={m.Value}"))}");
    }

    /// <summary>Every live metric as text, whatever its form.</summary>
    private sealed class MetricsDigest(CaseloadMetrics metrics) : IMetricForms
    {
        public List<string> Parts { get; } = [];

        public void Cells<TEnum>(EnumMetric<TEnum> metric)
            where TEnum : struct, Enum => Parts.Add($"{metric.Name.Field}:{Join(metrics.Of(metric))}");

        public void Named<T>(NamedMetric<T> metric)
            where T : notnull =>
            Parts.Add($"{metric.Name.Field}:{Lines(metrics.Of(metric).Select(m => $"{m.Key}={m.Value}"))}");
    }
}
