namespace OsstOrleans.Gateway.Tests.GraphQL;

/// <summary>A test against the reference implementation; skipped with its reason where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (Folder is null || !Directory.Exists(Path.Combine(Folder, "node_modules", "graphql")))
            Skip = "The reference implementation is not installed: run npm ci in tests/Gateway/differential.";
        else if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(p => File.Exists(Path.Combine(p, "node"))))
            Skip = "node is not on the PATH.";
    }

    /// <summary>Where the script is; null outside a checkout.</summary>
    public static string? Folder { get; } = Find(AppContext.BaseDirectory);

    private static string? Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.Exists(Path.Combine(folder, "tests", "Gateway", "differential")))
                return Path.Combine(folder, "tests", "Gateway", "differential");
        return null;
    }
}
