namespace OsstOrleans.Dashboard.Live;

/// <summary>A page that is kept up to date.</summary>
/// <param name="Key">Equal for viewers who see the same, in the same language.</param>
/// <param name="Render">The page's HTML as it is now.</param>
/// <param name="Changes">Comes back each time that it may be another; ends with its token.</param>
public sealed record LiveSource(
    string Key, Func<Task<string>> Render, Func<CancellationToken, IAsyncEnumerable<bool>> Changes);
