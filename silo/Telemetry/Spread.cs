namespace OsstOrleans.Silo.Telemetry;

/// <summary>How values spread lately: half are below the first, and so on. In ms for times.</summary>
public sealed record Spread(long Count, double P50, double P95, double P99, double Most)
{
    internal static Spread OfTimes(Distribution ticks) => Of(ticks, value => Math.Round(Ticks.Milliseconds(value), 4));

    internal static Spread OfSizes(Distribution sizes) => Of(sizes, value => value);

    private static Spread Of(Distribution values, Func<long, double> shown) => new(
        values.Count, shown(values.Quantile(0.5)), shown(values.Quantile(0.95)), shown(values.Quantile(0.99)),
        shown(values.Quantile(1)));
}
