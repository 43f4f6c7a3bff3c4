using OsstOrleans.Gateway.Settings;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Security;

/// <summary>All that a process needs to know its callers, from its settings and its folder of keys.</summary>
internal sealed class SignIn : IAsyncDisposable
{
    private readonly Revocations _revocations;

    private SignIn(Revocations revocations, Tokens tokens) => (_revocations, Tokens) = (revocations, tokens);

    public Tokens Tokens { get; }

    /// <param name="folder">Where the key of development tokens and the list of revoked tokens are.</param>
    /// <param name="services">Where revocations are that all processes share, and where they are listed, too.</param>
    /// <param name="settings">Names the providers.</param>
    /// <param name="isProduction">No token of development is taken.</param>
    /// <param name="time">Says what is over.</param>
    /// <exception cref="StoreRefusal">A file is unusable.</exception>
    public static async Task<SignIn> Open(
        string folder, GrainServices services, GatewaySettings settings, bool isProduction, TimeProvider time)
    {
        var rows = new RevokedRows((INotes)services.Store, services.Endings?.OfRevocations());
        await rows.TakeUp(time.GetUtcNow());
        var revocations = await Revocations.Follow(folder, rows, time, settings.Http.RevocationCheck);
        revocations.OnUnusable = Console.Error.WriteLine;
        var providers = await ProvidersOf(settings.Identity, time);
        foreach (var provider in providers)
        {
            provider.Keys.OnFetched = revocations.LookAll;
        }
        ITokenIssuer[] development = isProduction ? [] : [new DevelopmentIssuer(TokenKey.Open(folder), time)];
        return new SignIn(revocations, new Tokens([.. development, .. providers], time, revocations));
    }

    /// <summary>The providers of the settings, each with the keys that it has now.</summary>
    public static Task<ProviderIssuer[]> ProvidersOf(IdentitySettings settings, TimeProvider time) =>
        Task.WhenAll(settings.Issuers.Select(async one => new ProviderIssuer(
            one, await ProviderKeys.Follow(KeySources.Of(one), settings, time), time)));

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in Tokens.Providers)
        {
            await provider.Keys.DisposeAsync();
        }
        await _revocations.DisposeAsync();
    }
}
