using System.Diagnostics;

namespace OsstOrleans.Silo.Tests;

/// <summary>Other programs, from their start to their end.</summary>
internal static class Tool
{
    /// <summary>What a program printed; fails with what it complained about when it ends with anything but 0.</summary>
    /// <exception cref="InvalidOperationException">It ended with something else.</exception>
    public static async Task<string> Run(
        string program, IEnumerable<string> arguments, string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null, string? input = null, TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? "/" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        var ended = await End(start, input, limit);
        return ended.ExitCode == 0 ? ended.Output : throw new InvalidOperationException(
            $"{program} {string.Join(' ', start.ArgumentList)}: {ended.Errors}{ended.Output}");
    }

    /// <summary>Runs a program to its end, and kills it with all that it started when that does not come.</summary>
    /// <param name="start">What to run.</param>
    /// <param name="input">For its standard input, which then ends.</param>
    /// <param name="limit">Until it must have ended; by default, as long as for anything.</param>
    /// <exception cref="TimeoutException">It, or something that holds what it prints to, lives on.</exception>
    public static async Task<Ended> End(ProcessStartInfo start, string? input = null, TimeSpan? limit = null)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(start)!;
        using var late = new CancellationTokenSource(limit ?? Patience.Limit);
        try
        {
            var (output, errors) = (
                process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
            await process.StandardInput.WriteAsync(input.AsMemory(), late.Token);
            process.StandardInput.Close();
            var ended = new Ended(0, await output, await errors);
            await process.WaitForExitAsync(late.Token);
            return ended with { ExitCode = process.ExitCode };
        }
        catch (OperationCanceledException fault)
        {
            throw new TimeoutException($"{start.FileName} does not end: {string.Join(' ', start.ArgumentList)}", fault);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Waits for the end of a program that was told to end, and kills it when that does not come.</summary>
    public static async Task EndOf(Process process)
    {
        try
        {
            await process.WaitForExitAsync().Patiently($"the end of {process.StartInfo.FileName}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>How a process ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);
