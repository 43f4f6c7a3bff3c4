namespace OsstOrleans.Grains.Calls;

/// <summary>Which data a read of a client uses, as the use log names it: stored, so they may only grow.</summary>
public static class UseNames
{
    /// <summary>With what a line ends about a client whom a search only said to exist.</summary>
    public const string Exists = "; exists";

    /// <summary>With what a line begins about a command that ended something of a client.</summary>
    public const string Sent = "command: ";

    /// <summary>Lines of the logs about a client were shown to the officer for data protection.</summary>
    public const string AccessAudit = "access-audit";

    /// <summary>A client was answered who asked who used and who got the client's data.</summary>
    public const string LogReport = "log-report";

    /// <summary>A client who asks about the logs was found by an identity code.</summary>
    public const string LogLookUp = "log-look-up";

    private static readonly HashSet<string> s_reads = [.. Enum.GetValues<ReadKind>().Select(Of)];

    public static string Of(ReadKind kind) => kind switch
    {
        ReadKind.State => "client",
        ReadKind.History => "history",
        ReadKind.Timeline => "timeline",
        ReadKind.Past => "client-past",
        ReadKind.UseLog => "use-log",
        ReadKind.DisclosureLog => "disclosure-log",
        ReadKind.Merges => "merges",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>True for a read of one client, and not for one shown on a list.</summary>
    public static bool IsRead(string what) => s_reads.Contains(what);
}
