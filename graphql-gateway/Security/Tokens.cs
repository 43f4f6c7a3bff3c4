using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Knows callers by their bearer tokens (JWT). A token says who asks, in which role and for which registers; whatever
/// it does not say is denied.
/// </summary>
/// <param name="issuers">Those who make tokens that are trusted here.</param>
/// <param name="time">Says which tokens are over.</param>
/// <param name="revocations">Tokens that ended before their time; null when none can.</param>
internal sealed class Tokens(
    IReadOnlyList<ITokenIssuer> issuers, TimeProvider time, Revocations? revocations = null)
{
    private const string Scheme = "Bearer ";

    private const int MaxRemembered = 10_000;

    private readonly FrozenDictionary<string, ITokenIssuer> _issuers = issuers.ToFrozenDictionary(one => one.Issuer);
    private readonly TokenMemory _remembered = new(MaxRemembered);
    private readonly CallerUses _uses = new();

    /// <summary>What registers leave of the rights that a token says; all of them while nothing is set.</summary>
    public Func<Caller, Caller> Granted { get; set; } = static caller => caller;

    /// <summary>The OpenID providers among those who make tokens.</summary>
    public IReadOnlyList<ProviderIssuer> Providers { get; } = [.. issuers.OfType<ProviderIssuer>()];

    /// <summary>The ways in to the dashboard by providers.</summary>
    public IReadOnlyList<ProviderSignIn> SignIns { get; } =
    [
        .. issuers.OfType<ProviderIssuer>().Where(one => one.Settings.Dashboard is not null)
            .Select(one => new ProviderSignIn(one, one.Settings.Dashboard!)),
    ];

    /// <summary>Makes tokens of development; null in production.</summary>
    public DevelopmentIssuer? Development { get; } = issuers.OfType<DevelopmentIssuer>().FirstOrDefault();

    /// <summary>Takes logouts of the providers; null where nothing can be revoked.</summary>
    public LogoutTokens? Logouts { get; } =
        revocations is null ? null : new LogoutTokens([.. issuers.OfType<ProviderIssuer>()], revocations);

    /// <summary>
    /// The caller of an <c>Authorization</c> header, and until when the token says so; null for an unknown caller.
    /// </summary>
    /// <param name="authorization">The header.</param>
    /// <param name="certificate">Of the connection that it came by; null when it has none.</param>
    public async ValueTask<Verified?> Identify(string? authorization, X509Certificate2? certificate = null)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || authorization.Length > Scheme.Length + JsonTokens.MaxLength || !Ascii.IsValid(authorization))
        {
            return null;
        }
        return await Identify(authorization.AsMemory(Scheme.Length).Trim(), certificate);
    }

    /// <summary>The caller of a token that came another way than in a header; null for an unknown one.</summary>
    public async ValueTask<Verified?> IdentifyToken(string token) =>
        token.Length <= JsonTokens.MaxLength && Ascii.IsValid(token) ? await Identify(token.AsMemory(), null) : null;

    /// <summary>True while the token has neither expired nor been revoked, and what signed it still signs.</summary>
    public bool IsValid(Verified token) => token.Expires > time.GetUtcNow() && token.Identity.IsSignerKnown()
        && (revocations is null || !revocations.Has(token));

    /// <summary>Calls back when the token is revoked; its expiry is the caller's to watch.</summary>
    public IDisposable? WhenRevoked(Verified token, Action revoked) => revocations?.WhenRevoked(token, revoked);

    /// <summary>Ends a token in every process, or all tokens of its person that were made so far.</summary>
    /// <returns>False where nothing can be revoked, or a token has no id of its own.</returns>
    public async Task<bool> Revoke(Verified token, bool everywhere)
    {
        Revocation? revocation = everywhere ? Revocation.OfSubject(token.Caller.Subject, time.GetUtcNow())
            : token.Identity.TokenId is { } id ? Revocation.OfToken(id, time.GetUtcNow())
            : null;
        return revocations is not null && revocation is not null
            && await revocations.Add([revocation], Guid.NewGuid().ToString("N"));
    }

    private async ValueTask<Verified?> Identify(ReadOnlyMemory<char> token, X509Certificate2? certificate)
    {
        var hash = TokenHash.Of(token.Span);
        var verified = _remembered.Find(hash) ?? await Verify(hash, token.ToString());
        return verified is not null && IsValid(verified) && IsBoundTo(verified.Identity, certificate) ? verified : null;
    }

    private async Task<Verified?> Verify(TokenHash hash, string token)
    {
        if (JsonTokens.Parse(token) is not { } parsed || !_issuers.TryGetValue(parsed.Issuer, out var issuer)
            || await issuer.Verify(parsed) is not { } identity)
        {
            return null;
        }
        var verified = new Verified(identity, _uses.Of(identity.Caller.Actor), caller => Granted(caller));
        if (_remembered.Remember(hash, verified))
        {
            _uses.Prune();
        }
        return verified;
    }

    private static bool IsBoundTo(Identity identity, X509Certificate2? certificate) =>
        identity.Certificate is not { } own || (certificate is not null
            && own == Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)));
}
