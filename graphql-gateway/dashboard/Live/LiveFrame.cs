namespace OsstOrleans.Dashboard.Live;

/// <summary>The parts of a page as they were rendered at one time, each with its HTML.</summary>
public sealed class LiveFrame
{
    private const string Begin = "<!--part ";
    private const string BeginEnd = "-->";
    private const string End = "<!--end-->";

    private readonly Dictionary<string, string> _parts = [];

    private LiveFrame()
    {
    }

    public static LiveFrame Empty { get; } = new();

    /// <summary>Finds the parts in rendered HTML, as the component <c>LivePart</c> marks them.</summary>
    public static LiveFrame Of(string html)
    {
        var frame = new LiveFrame();
        for (var at = 0; (at = html.IndexOf(Begin, at, StringComparison.Ordinal)) >= 0;)
        {
            var name = at + Begin.Length;
            var nameEnd = html.IndexOf(BeginEnd, name, StringComparison.Ordinal);
            var body = nameEnd + BeginEnd.Length;
            var end = html.IndexOf(End, body, StringComparison.Ordinal);
            frame._parts[html[name..nameEnd]] = html[body..end];
            at = end;
        }
        return frame;
    }

    /// <summary>What of this one another does not have, or has otherwise.</summary>
    public Dictionary<string, string> ChangesSince(LiveFrame other) => ReferenceEquals(this, other) ? [] : _parts
        .Where(part => !other._parts.TryGetValue(part.Key, out var html) || html != part.Value)
        .ToDictionary(part => part.Key, part => part.Value);
}
