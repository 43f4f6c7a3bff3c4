using System.Diagnostics;
using System.Text.RegularExpressions;
using OsstOrleans.Gateway.Engines;

namespace OsstOrleans.Conformance.Tests;

/// <summary>The same suite, unchanged, against HotChocolate: in a process of its own, for the engine is chosen
/// once a process.</summary>
public sealed partial class HotChocolateTests
{
    [HotChocolateFact]
    public async Task The_whole_suite_passes_on_HotChocolate()
    {
        if (Engine.Current == GraphQLEngineKind.HotChocolate)
        {
            return; // This is that process.
        }
        var suite = await Tool.End(new ProcessStartInfo(
            "dotnet",
            [
                "test", typeof(HotChocolateTests).Assembly.Location, "--nologo", "--filter",
                $"FullyQualifiedName!~{nameof(HotChocolateTests)}",
            ])
        {
            Environment =
            {
                [Engine.Variable] = GraphQLEngines.NameOf(GraphQLEngineKind.HotChocolate),
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            },
        }, limit: TimeSpan.FromMinutes(9));
        var printed = suite.Output;
        Assert.True(suite.ExitCode == 0, printed);
        Assert.True(int.Parse(PassedTests().Match(printed).Groups[1].Value) > 10, printed);
    }

    [GeneratedRegex(@"Passed:\s+(\d+)")]
    private static partial Regex PassedTests();
}
