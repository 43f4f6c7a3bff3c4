namespace OsstOrleans.Conformance.Tests.Contract;

/// <summary>The contract that clients have today, out of the history of <c>schema.graphql</c> itself.</summary>
internal static class PromisedContract
{
    private const string Contract = "graphql-gateway/schema.graphql";

    /// <summary>
    /// On a branch the contract where it left <c>main</c>; on <c>main</c> the one before its last commit. Null where
    /// there is no history.
    /// </summary>
    public static async Task<string?> Read()
    {
        if (await Git("rev-parse", "HEAD") is not { } head)
        {
            return null;
        }
        var left = await Git("merge-base", "HEAD", "main") ?? await Git("merge-base", "HEAD", "origin/main");
        var before = left is null || left == head ? "HEAD^1" : left.Trim();
        return await Git("show", $"{before}:{Contract}");
    }

    private static async Task<string?> Git(params string[] arguments)
    {
        try
        {
            return await Tool.Run("git", arguments, Node.Checkout);
        }
        catch (Exception fault) when (fault is Xunit.Sdk.XunitException or System.ComponentModel.Win32Exception)
        {
            return null; // No git, no repository, or no such commit.
        }
    }
}
