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
        using var suite = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                "test", typeof(HotChocolateTests).Assembly.Location, "--nologo", "--filter",
                $"FullyQualifiedName!~{nameof(HotChocolateTests)}",
            ])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                [Engine.Variable] = GraphQLEngines.NameOf(GraphQLEngineKind.HotChocolate),
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            },
        })!;
        var printed = await suite.StandardOutput.ReadToEndAsync();
        await suite.WaitForExitAsync();
        Assert.True(suite.ExitCode == 0, printed);
        Assert.True(int.Parse(PassedTests().Match(printed).Groups[1].Value) > 10, printed);
    }

    [GeneratedRegex(@"Passed:\s+(\d+)")]
    private static partial Regex PassedTests();
}
