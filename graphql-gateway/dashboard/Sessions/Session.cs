using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Sessions;

/// <summary>What the cookie of a signed-in browser holds, sealed: the token is readable on the server alone.</summary>
/// <param name="Token">The access token, checked anew for each request.</param>
/// <param name="Purpose">Why client data is used; null until it was chosen.</param>
/// <param name="Begun">When the viewer signed in.</param>
/// <param name="Seen">When the viewer last asked for a page, to the minute.</param>
public sealed record Session(string Token, string? Purpose, DateTimeOffset Begun, DateTimeOffset Seen);

/// <summary>A session that is valid now, and whose it is.</summary>
public sealed record SignedIn(Session Session, Viewer Viewer);
