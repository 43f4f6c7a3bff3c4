using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Conformance.Tests;

/// <summary>What a test's caller says of its purpose, where the test is not about that.</summary>
internal static class TokenPurpose
{
    /// <summary>The first purpose of the token's role; null for a role without one, and for what is no token.</summary>
    public static string? Of(string? token) =>
        JsonTokens.Parse(token ?? "") is { } parsed
        && parsed.TryGetPayloadValue<object>(ClaimNames.Usual.Role, out var name)
        && RoleNames.TryParse($"{name}", out var role) && Purposes.Of(role) is [var first, ..]
            ? first
            : null;
}
