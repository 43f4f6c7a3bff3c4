namespace OsstOrleans.Silo.Telemetry;

/// <summary>
/// Every key under which this floor tells anything of a call. Values are words of the program: kinds, commands, codes,
/// outcomes, numbers. Never an id of a grain, a caller or a command.
/// </summary>
public static class Tags
{
    /// <summary>A kind of grain, as in names of streams.</summary>
    public const string GrainType = "grain_type";

    /// <summary>A command's name, or <c>read</c> and <c>history</c>.</summary>
    public const string Command = "command";

    /// <summary>One of <see cref="Outcomes"/>.</summary>
    public const string Outcome = "outcome";

    /// <summary>A stable error code.</summary>
    public const string Code = "code";

    /// <summary>The type of a fault; never its message.</summary>
    public const string Error = "error.type";

    /// <summary>The store, by Orleans' name for the tag.</summary>
    public const string Store = "provider_type_name";

    /// <summary>How many writes a group had.</summary>
    public const string GroupSize = "osst.write.group_size";

    /// <summary>How many events an activation read.</summary>
    public const string Events = "osst.activation.events";
}

/// <summary>How a call ended.</summary>
public static class Outcomes
{
    public const string Accepted = "accepted";

    public const string Rejected = "rejected";

    public const string VersionConflict = "version-conflict";

    public const string Forbidden = "forbidden";

    public const string Found = "found";

    public const string NotFound = "not-found";

    /// <summary>A limit was met.</summary>
    public const string Limit = "limit";

    /// <summary>The store or something unexpected failed.</summary>
    public const string Fault = "fault";
}
