using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst token</c>: a development token on standard output.</summary>
internal static class TokenCommand
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    public static async Task<int> Run(
        string folder, string roleName, IReadOnlyList<string> municipalities, string subject,
        IReadOnlyList<string> sources)
    {
        _ = RoleNames.TryParse(roleName, out var role);
        if (municipalities.Count == 0 && AccessPolicy.NamesItsRegisters(role))
        {
            throw new StoreRefusal($"A {roleName} holds the role for a municipality: add --municipality CODE.");
        }
        var issuer = new DevelopmentIssuer(TokenKey.Open(folder), TimeProvider.System);
        var reach = municipalities.Count == 0 ? Reach.All : Reach.Of(municipalities);
        var token = issuer.Mint(role, subject, reach, ValidFor, sources);
        if (await new Tokens([issuer], TimeProvider.System).Identify($"Bearer {token}") is null)
        {
            throw new StoreRefusal(
                "A subject has 1 to 255 characters, a municipality is its code, and a source is 1-64 letters a-z, "
                + "digits, - or _.");
        }
        await Console.Out.WriteLineAsync(token);
        return 0;
    }
}
