using System.Diagnostics;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>The real program in a process of its own, which ends by <c>kill -9</c>.</summary>
internal sealed class KilledProgram : IDisposable
{
    /// <summary>How the line begins in which a gateway says where it answers.</summary>
    public const string Listens = "OsstOrleans listens on ";

    /// <summary>How the line begins in which a silo says that it serves.</summary>
    public const string SiloAnswers = "OsstOrleans silo: health at ";

    /// <summary>Far beyond anything a loaded machine needs: past it something hangs.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    private readonly Process _process;

    private KilledProgram(Process process) => _process = process;

    private static string Program => OsstProgram.File;

    public static KilledProgram Start(params IEnumerable<string> arguments) =>
        new(Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>Runs a verb that ends by itself; its exit code and all that it printed.</summary>
    public static async Task<(int ExitCode, string Output)> Run(params IEnumerable<string> arguments)
    {
        using var program = Start(arguments);
        var (output, errors) = (
            program._process.StandardOutput.ReadToEndAsync(), program._process.StandardError.ReadToEndAsync());
        await program._process.WaitForExitAsync().WaitAsync(s_deadline);
        return (program._process.ExitCode, await output + await errors);
    }

    /// <summary>What a verb that ends by itself printed when it did not end well; else nothing.</summary>
    public static async Task<IReadOnlyList<string>> Complaints(params IEnumerable<string> arguments)
    {
        var (exit, output) = await Run(arguments);
        return exit == 0 ? [] : [output];
    }

    /// <summary>The rest of the first line that starts so; null when the process ends without it.</summary>
    public async Task<string?> LineOrEnd(string start)
    {
        using var late = new CancellationTokenSource(s_deadline);
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None); // A full pipe blocks.
        while (await _process.StandardOutput.ReadLineAsync(late.Token) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return line[start.Length..];
            }
        }
        return null;
    }

    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(s_deadline);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }
}
