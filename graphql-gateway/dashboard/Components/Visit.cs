using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Components;

/// <summary>The request that a page is rendered for.</summary>
/// <param name="Path">Its path, which the menu marks.</param>
/// <param name="Theme"><c>light</c>, <c>dark</c> or <c>auto</c>.</param>
/// <param name="FormField">The name of the hidden field of posts.</param>
/// <param name="FormToken">Its value.</param>
/// <param name="Viewer">Who looks; null before the sign-in.</param>
/// <param name="HasData">True where the process answers GraphQL.</param>
public sealed record Visit(
    string Path, string Theme, string FormField, string FormToken, Viewer? Viewer, bool HasData)
{
    /// <summary>What the address asks for after its path; empty for nothing.</summary>
    public string Query { get; init; } = "";

    /// <summary>The address, to come back to.</summary>
    public string Back => Uri.EscapeDataString(Path + Query);
}
