using OsstOrleans.Gateway.Resolvers;

namespace OsstOrleans.Gateway.Security;

/// <summary>Who asks by a token that was checked, and what is theirs in this process.</summary>
/// <param name="Identity">What the token says.</param>
/// <param name="Use">What the caller has under way, by all tokens together.</param>
/// <param name="Granted">What registers leave of the token's rights at present; all when null.</param>
internal sealed record Verified(Identity Identity, CallerUse Use, Func<Caller, Caller>? Granted = null)
{
    /// <summary>The caller with the rights that are left now: to be asked anew each time.</summary>
    public Caller Caller => Granted?.Invoke(Identity.Caller) ?? Identity.Caller;

    /// <summary>When the token ends: its own time and the leeway.</summary>
    public DateTimeOffset Expires => Identity.Expires;

    /// <summary>
    /// Why the caller asks, as the connection says it for all its requests; null when it says nothing. Whether the role
    /// may have it is judged with each request.
    /// </summary>
    public string? Purpose { get; init; }

    /// <summary>The caller, asking for this purpose.</summary>
    public LiveCaller For(string? purpose) => new(() => Caller, purpose);
}
