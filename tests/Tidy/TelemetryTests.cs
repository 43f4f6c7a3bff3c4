using OsstOrleans.Gateway.Telemetry;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Tidy.Tests;

/// <summary>Whoever builds a dashboard finds every metric explained, and none that is not there.</summary>
public sealed class TelemetryTests
{
    private const string Page = "docs/mechanisms/telemetry.md";

    /// <summary>Every metric of our own meter.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. new[] { typeof(InstrumentNames), typeof(GatewayInstrumentNames) }.SelectMany(type => type.GetFields())
            .Select(field => (string)field.GetValue(null)!).Where(name => name != InstrumentNames.Meter),
    ];

    [Fact]
    public void The_table_of_metrics_has_every_instrument_and_no_other()
    {
        var written = SourceTree.Files.Single(file => file.Path == Page).Lines
            .Where(line => line.StartsWith("| `o", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);
        Assert.Equal(Names.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_makes_up_a_name_on_the_way() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        where (file.IsIn("graphql-gateway") || file.IsIn("silo")) && !file.Path.EndsWith("InstrumentNames.cs")
        from line in file.Code
        where Names.Any(name => line.Text.Contains($"\"{name}\"", StringComparison.Ordinal))
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");
}
