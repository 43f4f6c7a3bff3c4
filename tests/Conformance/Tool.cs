using System.Diagnostics;

namespace OsstOrleans.Conformance.Tests;

/// <summary>Programs that end by themselves.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    /// <summary>What a program printed; fails with what it complained about when it ends with anything but 0.</summary>
    public static async Task<string> Run(
        string program, IReadOnlyList<string> arguments, string folder,
        IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            var complaint = process.StandardError.ReadToEndAsync(patience.Token);
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var printed = await output;
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await complaint}{printed}");
            return printed;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
