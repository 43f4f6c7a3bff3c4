using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Telemetry;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Conformance.Tests.Deploy;

/// <summary>Dashboards and alerts ask for metrics that there are, by the names that Prometheus gives them.</summary>
public sealed partial class MonitoringTests
{
    private static readonly string Operating = File.ReadAllText(Path.Combine(Node.Checkout, "docs", "operating.md"));

    [Fact]
    public async Task The_dashboard_asks_for_every_metric_and_for_no_other()
    {
        var text = await File.ReadAllTextAsync(
            Path.Combine(DeployFiles.Folder, "monitoring", "grafana-dashboard.json"));
        var names = await PrometheusNames();
        var asked = Asked(text);
        Assert.Empty(asked.Except(names.SelectMany(name => name.Value)));
        Assert.Empty(names.Where(name => !name.Value.Any(asked.Contains)).Select(name => name.Key));
        var panels = JsonElement.Parse(text).GetProperty("panels").EnumerateArray().ToArray();
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [NodeFact]
    public async Task Alerts_ask_for_metrics_that_there_are_and_operating_explains_each()
    {
        var rules = (await DeployFiles.Of("monitoring/alerts.yaml"))[0].Find("groups")!.Value.EnumerateArray()
            .SelectMany(group => group.Find("rules")!.Value.EnumerateArray()).ToArray();
        var names = (await PrometheusNames()).SelectMany(name => name.Value).ToArray();
        Assert.All(rules, rule =>
        {
            Assert.NotEmpty(Asked(rule.Text("expr")));
            Assert.Empty(Asked(rule.Text("expr")).Except(names));
            Assert.NotEqual("", rule.Text("annotations", "summary"));
        });
        Assert.Equal(
            rules.Select(rule => rule.Text("alert")).Order(StringComparer.Ordinal),
            AlertLine().Matches(Operating).Select(line => line.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static HashSet<string> Asked(string text) => [.. MetricName().Matches(text).Select(match => match.Value)
        .Where(name => name is not ("osst_role"))];

    /// <summary>
    /// How OpenTelemetry's rules spell each of our instruments for Prometheus: unit and kind become endings.
    /// </summary>
    private static async Task<Dictionary<string, string[]>> PrometheusNames()
    {
        var names = new Dictionary<string, string[]>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == InstrumentNames.Meter)
            {
                lock (names)
                {
                    names[instrument.Name] = [.. SpellingsOf(instrument)];
                }
            }
        };
        listener.Start();
        var folder = Directory.CreateTempSubdirectory("osst-deploy-").FullName;
        await using (var silo = await Platform.Open(new StoreAddress(folder), TimeProvider.System))
        {
            using var gauges = new GatewayGauges(
                new Health(silo.Store.Figures, () => null, NullLogger.Instance), () => 0);
            new GraphQLFigures().Sent(default); // The instruments of the class come with its first use.
        }
        Directory.Delete(folder, recursive: true);
        return names;
    }

    private static IEnumerable<string> SpellingsOf(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "ms" => "_milliseconds",
            "s" => "_seconds",
            _ => "",
        };
        var name = instrument.Name.Replace('-', '_') + unit;
        var kind = instrument.GetType().Name;
        return kind switch
        {
            _ when kind.StartsWith("Histogram", StringComparison.Ordinal) =>
                [$"{name}_bucket", $"{name}_count", $"{name}_sum"],
            _ when kind.StartsWith("Counter", StringComparison.Ordinal) => [$"{name}_total"],
            _ => [name],
        };
    }

    [GeneratedRegex(@"\b(osst|orleans)_[a-z_]+\b")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"^\| `(Osst[A-Za-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex AlertLine();
}
