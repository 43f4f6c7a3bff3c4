using System.Diagnostics;

namespace OsstOrleans.Conformance.Tests;

/// <summary>Runs the scripts of the folder <c>node</c>, after installing their packages where that is due.</summary>
internal static class Node
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task> s_installed = new(Install);

    /// <summary>Why node cannot be run; null when it can.</summary>
    public static string? Missing { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")))
        ? null
        : "node is not on the PATH.";

    private static string Folder { get; } = Find(AppContext.BaseDirectory);

    /// <summary>What a script printed; fails with what it complained about.</summary>
    public static async Task<string> Run(IReadOnlyDictionary<string, string> environment, params string[] script)
    {
        await s_installed.Value;
        return await Start("node", script, environment);
    }

    private static async Task Install()
    {
        // npm leaves its own copy of the lock behind when it is done, so an interrupted install is done again.
        var done = Path.Combine(Folder, "node_modules", ".package-lock.json");
        if (!File.Exists(done)
            || File.GetLastWriteTimeUtc(done) < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            await Start("npm", ["ci", "--no-audit", "--no-fund"], new Dictionary<string, string>());
        }
    }

    private static async Task<string> Start(
        string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            var complaint = process.StandardError.ReadToEndAsync(patience.Token);
            var printed = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await complaint}{printed}");
            return printed;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static string Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, "tests", "Conformance", "node")))
            {
                return Path.Combine(folder, "tests", "Conformance", "node");
            }
        }
        throw new DirectoryNotFoundException("The tests run inside a checkout.");
    }
}
