using System.ComponentModel.DataAnnotations;

namespace OsstOrleans.Gateway.Settings;

/// <summary>Who may sign in: the providers of tokens that this installation trusts.</summary>
internal sealed record IdentitySettings
{
    /// <summary>OpenID providers, several at once; none leaves tokens of development alone.</summary>
    public IReadOnlyList<IssuerSettings> Issuers { get; init; } = [];

    /// <summary>How often the providers' keys are fetched anew.</summary>
    [Range(1, 86_400)]
    public TimeSpan KeysEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A key that is not known is asked for no more often than this: anyone can name one.</summary>
    [Range(0.1, 3_600)]
    public TimeSpan UnknownKeyPause { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>One provider of access tokens, and for what it may speak.</summary>
/// <param name="Name">A short name of a-z, digits and -: a person is <c>name:claim</c> in logs and events.</param>
/// <param name="Issuer">The <c>iss</c> of its tokens, an https address; http on this machine alone.</param>
/// <param name="KeyFile">A JWKS file; null to discover the keys at the issuer's address.</param>
/// <param name="PlainMarks">
/// Claims by which an access token is known whose header does not say <c>at+jwt</c> (RFC 9068): some providers type
/// them as any JWT. None: only typed ones are taken.
/// </param>
/// <param name="Claims">Where its tokens say what.</param>
/// <param name="Clients">The client ids at the provider whose back-channel logouts count here.</param>
/// <param name="AcrOrder">Its <c>acr</c> values from the weakest to the strongest sign-in.</param>
/// <param name="Roles">The roles that it may give.</param>
internal sealed record IssuerSettings(
    string Name, string Issuer, string? KeyFile, IReadOnlyList<string> PlainMarks, ClaimNames Claims,
    IReadOnlyList<string> Clients, IReadOnlyList<string> AcrOrder, IReadOnlyDictionary<Role, RoleGrant> Roles)
{
    /// <summary>How people sign in to the dashboard by it; null when they do not.</summary>
    public DashboardClient? Dashboard { get; init; }
}

/// <summary>The dashboard as the provider knows it.</summary>
/// <param name="Client">Its client id.</param>
/// <param name="Secret">Its secret; null for a public client, which PKCE protects alone.</param>
/// <param name="Scope">What it asks for, with <c>openid</c>.</param>
/// <param name="Address">
/// Where browsers find the dashboard, as <c>https://osst.example</c>; the provider sends them back to
/// <c>/signed-in/NAME</c> there.
/// </param>
internal sealed record DashboardClient(string Client, string? Secret, string Scope, Uri Address);

/// <summary>On which conditions, and for what, a provider may give a role.</summary>
/// <param name="Audience">The <c>aud</c> that its tokens have.</param>
/// <param name="LeastAcr">The weakest sign-in that is enough, one of the order; null for any.</param>
/// <param name="Registers">The municipalities for which it may speak.</param>
/// <param name="Sources">The systems whose identifiers its callers may send.</param>
internal sealed record RoleGrant(string Audience, string? LeastAcr, Reach Registers, IReadOnlyList<string> Sources);

/// <summary>The claims of a provider. A name with dots leads into objects, as <c>realm_access.roles</c>.</summary>
/// <param name="Subject">Whose token it is: a text that is never given to another person.</param>
/// <param name="Role">One of the platform's roles, or a list with exactly one of them.</param>
/// <param name="Register">The municipalities: a code, a list of codes, or <c>all</c>.</param>
/// <param name="Source">The systems that the caller speaks for: a name or a list of names.</param>
internal sealed record ClaimNames(string Subject, string Role, string Register, string Source)
{
    /// <summary>Those of tokens for development, and of providers whose settings say no others.</summary>
    public static readonly ClaimNames Usual = new("sub", "role", "municipality", "source");
}
