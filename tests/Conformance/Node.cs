using System.Diagnostics;

namespace OsstOrleans.Conformance.Tests;

/// <summary>Runs the scripts of one npm folder, after installing its packages where that is due.</summary>
internal sealed class Node
{
    /// <summary>Where the repository is.</summary>
    public static readonly string Checkout = Find(AppContext.BaseDirectory);

    /// <summary>Clients that others use.</summary>
    public static readonly Node Clients = new("tests/Conformance/node");

    /// <summary>The sample of a typed client.</summary>
    public static readonly Node Sample = new("docs/clients/typescript");

    /// <summary>Schemas of what operators deploy.</summary>
    public static readonly Node Deploy = new("tests/Conformance/Deploy/node");

    /// <summary>An OpenID provider.</summary>
    public static readonly Node Provider = new("tests/Conformance/OpenId/Provider");

    /// <summary>The reference implementation of GraphQL.</summary>
    public static readonly Node Oracle = new("tests/Conformance/Oracle");

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    private readonly Lazy<Task<string>> _installed;

    private Node(string folder)
    {
        Folder = Path.Combine(Checkout, folder);
        _installed = new(() => Tool.Run(Path.Combine(Checkout, ".ci", "npm"), [Folder], Folder, limit: s_limit));
    }

    /// <summary>Why node cannot be run; null when it can.</summary>
    public static string? Missing { get; } = new[] { "node", "npm" }.FirstOrDefault(tool => !IsOnPath(tool)) is { } tool
        ? $"{tool} is missing: install Node.js 20 or newer with npm."
        : null;

    public string Folder { get; }

    /// <summary>What a script printed; fails with what it complained about.</summary>
    public async Task<string> Run(IReadOnlyDictionary<string, string> environment, params string[] script)
    {
        await _installed.Value;
        return await Tool.Run("node", script, Folder, environment, limit: s_limit);
    }

    /// <summary>Starts a script that runs until it is killed.</summary>
    public async Task<Process> Start(string script)
    {
        await _installed.Value;
        return Process.Start(new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>What a script printed when told <paramref name="input"/> on standard input.</summary>
    public async Task<string> Tell(string input, params string[] script)
    {
        await _installed.Value;
        return await Tool.Run("node", script, Folder, input: input, limit: s_limit);
    }

    /// <summary>Runs a script of the folder's package.json.</summary>
    public async Task<string> Npm(string script)
    {
        await _installed.Value;
        return await Tool.Run("npm", ["run", script], Folder, limit: s_limit);
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
