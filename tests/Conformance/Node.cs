using System.Diagnostics;

namespace OsstOrleans.Conformance.Tests;

/// <summary>Runs the scripts of one npm folder, after installing its packages where that is due.</summary>
internal sealed class Node
{
    /// <summary>Where the repository is.</summary>
    public static readonly string Checkout = Find(AppContext.BaseDirectory);

    /// <summary>Clients that others use.</summary>
    public static readonly Node Clients = new("tests/Conformance/node");

    /// <summary>The reference implementation of GraphQL.</summary>
    public static readonly Node Oracle = new("tests/Conformance/Oracle");

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private readonly Lazy<Task<string>> _installed;

    private Node(string folder)
    {
        Folder = Path.Combine(Checkout, folder);
        _installed = new(() => Start(Path.Combine(Checkout, ".ci", "npm"), [Folder], new Dictionary<string, string>()));
    }

    /// <summary>Why node cannot be run; null when it can.</summary>
    public static string? Missing { get; } = new[] { "node", "npm" }.FirstOrDefault(tool => !IsOnPath(tool)) is { } tool
        ? $"{tool} is missing: install Node.js 20 or newer with npm."
        : null;

    public string Folder { get; }

    /// <summary>What a script printed; fails with what it complained about.</summary>
    public Task<string> Run(IReadOnlyDictionary<string, string> environment, params string[] script) =>
        Run(null, environment, script);

    /// <summary>What a script printed when told <paramref name="input"/> on standard input.</summary>
    public Task<string> Tell(string input, params string[] script) =>
        Run(input, new Dictionary<string, string>(), script);

    private async Task<string> Run(
        string? input, IReadOnlyDictionary<string, string> environment, params string[] script)
    {
        await _installed.Value;
        return await Start("node", script, environment, input);
    }

    private async Task<string> Start(
        string program, string[] arguments, IReadOnlyDictionary<string, string> environment, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
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

    private static bool IsOnPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

    private static string Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, ".ci", "npm")))
            {
                return folder;
            }
        }
        throw new DirectoryNotFoundException("The tests run inside a checkout.");
    }
}
