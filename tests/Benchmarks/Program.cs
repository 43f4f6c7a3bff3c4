using System.Globalization;
using OsstOrleans.Benchmarks;
using OsstOrleans.Benchmarks.Calibration;
using OsstOrleans.Benchmarks.Kills;

// osst bench [NAME ...] [--json FILE]: side-by-side tables, medians of five runs with their spread.
if (args is ["serve-bare", var port, var answers])
{
    await BareServer.Run(int.Parse(port, CultureInfo.InvariantCulture), answers);
    return 0;
}
if (args is ["serve-bare-silo", var gatewayPort])
{
    await BareSilo.Run(int.Parse(gatewayPort, CultureInfo.InvariantCulture));
    return 0;
}
if (args is ["serve-graphql-net", var dotNetPort, var dotNetAnswers])
{
    await GraphQLDotNetServer.Run(int.Parse(dotNetPort, CultureInfo.InvariantCulture), dotNetAnswers);
    return 0;
}
if (args is ["serve-metrics", var at, var folder, var clients])
{
    await MetricsPeerBenchmark.Serve(
        int.Parse(at, CultureInfo.InvariantCulture), folder, int.Parse(clients, CultureInfo.InvariantCulture));
    return 0;
}
if (args is ["kill", .. var options])
{
    return await KillBenchmark.Run(options);
}
var benchmarks = new Dictionary<string, Func<Task<FigureTable>>>
{
    ["append"] = AppendBenchmark.Run,
    ["append-postgres"] = PostgresBenchmark.Run,
    ["calibration"] = CalibrationBenchmark.Run,
    ["call"] = CallBenchmark.Run,
    ["activate"] = ActivateBenchmark.Run,
    ["activate-postgres"] = ActivatePostgresBenchmark.Run,
    ["cluster"] = ClusterBenchmark.Run,
    ["metrics"] = MetricsBenchmark.Run,
    ["metrics-peer"] = MetricsPeerBenchmark.Run,
    ["dashboard"] = DashboardBenchmark.Run,
    ["engine"] = EngineBenchmark.Run,
    ["evaluation"] = EvaluationBenchmark.Run,
    ["graphql"] = GraphQLBenchmark.Run,
    ["house"] = HouseBenchmark.Run,
    ["import"] = ImportBenchmark.Run,
    ["search"] = SearchBenchmark.Run,
    ["start"] = StartBenchmark.Run,
    ["subscribe"] = SubscribeBenchmark.Run,
    ["telemetry"] = TelemetryBenchmark.Run,
    ["timeline"] = TimelineBenchmark.Run,
    ["uses"] = UsesBenchmark.Run,
    ["worklists"] = WorklistBenchmark.Run,
};
var json = args.SkipWhile(a => a != "--json").Skip(1).FirstOrDefault();
var names = args.TakeWhile(a => a != "--json").DefaultIfEmpty("all").ToArray();
var unknown = names.Where(n => n != "all" && !benchmarks.ContainsKey(n)).ToArray();
if (unknown.Length > 0)
{
    await Console.Error.WriteLineAsync($"No benchmark {unknown[0]}; there are: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}
var tables = new List<FigureTable>();
foreach (var (name, run) in benchmarks.Where(b => names.Contains("all") || names.Contains(b.Key)))
{
    await Console.Error.WriteLineAsync($"{name}:");
    try
    {
        tables.Add(await run());
    }
    catch (ToolMissing missing)
    {
        // The other tables are worth having without it.
        await Console.Error.WriteLineAsync($"  left out: {missing.Message}");
    }
}
foreach (var table in tables)
{
    Console.WriteLine($"## {table.Name}\n\n{table.ToMarkdown()}");
}
if (json is not null)
{
    await File.WriteAllTextAsync(json, System.Text.Json.JsonSerializer.Serialize(
        tables.Select(t => new
        {
            t.Name,
            Rows = t.Rows.Select(r => new { r.Figure.Name, r.Figure.Unit, r.Figure.Runs, r.Figure.Median }),
        })));
}
return 0;
