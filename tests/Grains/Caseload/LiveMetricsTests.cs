using System.Reflection;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Disclosure;

namespace OsstOrleans.Grains.Tests.Caseload;

/// <summary>A live metric is declared once, and what is done with metrics is done with all of them.</summary>
public sealed class LiveMetricsTests
{
    [Fact]
    public void Every_declared_metric_is_counted() => Assert.Equal(
        typeof(LiveMetrics).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null)).OfType<CaseloadMetric>(),
        LiveMetrics.All);

    [Fact]
    public void Names_of_metrics_and_of_their_rows_differ()
    {
        Assert.Distinct(LiveMetrics.All.Select(metric => metric.Name.Field));
        Assert.Distinct(LiveMetrics.All.Select(metric => metric.Name.Row));
    }

    [Fact]
    public void A_partition_has_cells_and_no_names() => Assert.All(
        LiveMetrics.All.Where(metric => metric.Protection is Protection.Partition),
        metric => Assert.IsAssignableFrom<CellMetric>(metric));

    [Fact]
    public void Every_partition_counts_each_client_once()
    {
        var metrics = FilterTests.RandomRegister(7).Metrics();
        Assert.All(
            LiveMetrics.All.OfType<CellMetric>().Where(metric => metric.Protection is Protection.Partition),
            metric => Assert.Equal(metrics.Clients, metrics.Of(metric).Sum()));
    }

    [Fact]
    public void The_own_staff_s_answer_has_every_metric_as_it_was_counted()
    {
        var part = FilterTests.RandomRegister(7).Metrics();
        var answer = new DisclosedMetrics();
        answer.AddExactly(part);
        LiveMetrics.ForEach(new Same(part, answer));
    }

    private sealed class Same(CaseloadMetrics part, DisclosedMetrics answer) : IMetricForms
    {
        public void Cells<TEnum>(EnumMetric<TEnum> metric)
            where TEnum : struct, Enum
        {
            Assert.Contains(part.Of(metric), count => count > 0);
            Assert.Equal(part.Of(metric), answer.Of(metric).Select(count => count.Value!.Value));
        }

        public void Named<T>(NamedMetric<T> metric)
            where T : notnull
        {
            Assert.NotEmpty(part.Of(metric));
            Assert.Equal(part.Of(metric), answer.Of(metric).ToDictionary(m => m.Key, m => m.Value.Value!.Value));
        }
    }
}
