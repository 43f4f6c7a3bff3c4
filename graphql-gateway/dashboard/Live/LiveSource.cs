using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Live;

/// <summary>A page that is kept up to date, for one viewer.</summary>
/// <param name="Page">Which page, in which language and form.</param>
/// <param name="Viewer">Who looks, with the rights of the time when the page was begun.</param>
/// <param name="Render">The page's HTML as it is now, asked for as this viewer.</param>
/// <param name="Changes">Comes back each time that it may be another; ends with its token.</param>
/// <param name="Use">
/// Asks as this viewer what leaves lines in the use log: what others had rendered is this viewer's use, too.
/// </param>
public sealed record LiveSource(
    string Page, Viewer Viewer, Func<Task<string>> Render, Func<CancellationToken, IAsyncEnumerable<bool>> Changes,
    Func<Task> Use)
{
    /// <summary>Equal for viewers who see the same.</summary>
    public string Key => $"{Page}|{Viewer.Rights}";
}
