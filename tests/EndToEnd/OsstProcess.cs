using System.Diagnostics;
using System.Text;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>The real program, <c>dotnet osst.dll VERB ...</c>, as a process of its own with what it printed.</summary>
internal sealed class OsstProcess : Osst
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private bool _disposed;

    private OsstProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
    }

    public int Id => _process.Id;

    public override string Output => Text(_output);

    public override string Errors => Text(_errors);

    protected override bool HasEnded => _process.HasExited;

    /// <summary>This build.</summary>
    public static string Program => OsstProgram.File;

    /// <summary>Starts a verb of this build or another.</summary>
    public static OsstProcess StartOf(string program, params IEnumerable<string> arguments) =>
        new(new ProcessStartInfo("dotnet", [program, .. arguments]));

    /// <summary>Starts a verb with its options.</summary>
    public static OsstProcess Start(params IEnumerable<string> arguments) => Start([], arguments);

    /// <summary>Starts a verb in this folder.</summary>
    public static OsstProcess StartIn(string folder, params IEnumerable<string> arguments) =>
        new(new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = folder });

    /// <summary>Starts a verb with variables of its own.</summary>
    public static OsstProcess Start(
        IEnumerable<(string Name, string Value)> variables, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        return new OsstProcess(start);
    }

    /// <summary>
    /// Runs a script in user and mount namespaces of its own, so that nobody else sees what it mounts; the program is
    /// <c>dotnet "$@"</c> there.
    /// </summary>
    public static OsstProcess StartScript(string script, params IEnumerable<string> arguments) =>
        new(new ProcessStartInfo("unshare", ["-rm", "bash", "-ec", script, "osst", Program, .. arguments]));

    /// <summary>Runs a verb of this build or another that ends by itself.</summary>
    public static async Task<Ended> RunOf(string program, params IEnumerable<string> arguments)
    {
        await using var process = StartOf(program, arguments);
        return await process.End();
    }

    public override async Task<Ended> End()
    {
        using var late = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(late.Token);
        return new Ended(_process.ExitCode, Output, Errors);
    }

    public override Task<Ended> Stop() => Stop("TERM");

    /// <summary>Sends TERM or INT and waits for the end.</summary>
    public async Task<Ended> Stop(string signal)
    {
        await Tool.Run("bash", ["-c", $"kill -{signal} {Id}"]);
        return await End();
    }

    /// <summary><c>kill -9</c>: nothing in the process, or in what its script started, gets to run any more.</summary>
    public async Task Kill()
    {
        using var late = new CancellationTokenSource(Deadline);
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(late.Token);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        if (!_process.HasExited)
        {
            await Kill();
        }
        _process.Dispose();
    }

    protected override Task AllIsPrinted(CancellationToken late) => _process.WaitForExitAsync(late);

    private static void Keep(StringBuilder kept, string? line)
    {
        lock (kept)
        {
            kept.Append(line).Append(line is null ? "" : "\n");
        }
    }

    private static string Text(StringBuilder kept)
    {
        lock (kept)
        {
            return kept.ToString();
        }
    }
}
