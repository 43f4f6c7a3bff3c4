namespace OsstOrleans.Silo.Endings;

/// <summary>Something that ended for good. The stored form: names may only grow.</summary>
/// <param name="Kind">What ends: the name of the command that ended it, or <see cref="Revoked"/>.</param>
/// <param name="Key">Which one; with the kind it is listed once.</param>
/// <param name="Body">What is needed to end it again, as JSON. It holds no personal words.</param>
/// <param name="At">When it was listed.</param>
public sealed record Ending(string Kind, string Key, string Body, DateTimeOffset At)
{
    /// <summary>The kind of revocations of tokens.</summary>
    public const string Revoked = "revoked";

    internal string Name => $"{Kind} {Key}";
}
