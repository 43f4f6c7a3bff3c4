using System.Diagnostics;
using System.Globalization;

namespace OsstOrleans.Grains.Tests.Statistics;

/// <summary>Runs R with the packages of Debian: survival, sandwich, clubSandwich.</summary>
internal static class R
{
    private static readonly Lazy<bool> Found = new(() =>
    {
        try
        {
            return Run(Path.GetTempPath(), "-e", "library(survival);library(sandwich);library(clubSandwich)").Exit == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // There is no Rscript.
        }
    });

    public static bool IsThere => Found.Value;

    /// <summary>What a script printed as lines of a name and a number.</summary>
    public static Dictionary<string, double> Numbers(string folder, string script)
    {
        var (exit, output, error) = Run(folder, Path.Combine(folder, script));
        Assert.True(exit == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToDictionary(
                parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture),
                StringComparer.Ordinal);
    }

    private static (int Exit, string Output, string Error) Run(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("Rscript", ["--vanilla", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

/// <summary>A fact that needs R; skipped, and said so, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RFactAttribute : FactAttribute
{
    public RFactAttribute() => Skip = R.IsThere
        ? null
        : "R with survival, sandwich and clubSandwich is not installed.";
}
