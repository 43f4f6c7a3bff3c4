using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst token</c>: a development token on standard output.</summary>
internal static class TokenCommand
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    public static async Task<int> Run(
        string folder, string roleName, string? municipality, string subject, IReadOnlyList<string> sources)
    {
        _ = RoleNames.TryParse(roleName, out var role);
        if (municipality is null && AccessPolicy.MayReadClients(role))
        {
            throw new StoreRefusal($"A {roleName} holds the role for a municipality: add --municipality CODE.");
        }
        var tokens = new Tokens(TokenKey.Open(folder), TimeProvider.System);
        var token = tokens.Mint(role, subject, municipality, ValidFor, sources);
        if (await tokens.Identify($"Bearer {token}") is null)
        {
            throw new StoreRefusal(
                "A subject has 1 to 64 characters, a municipality is its code, and a source is 1-64 letters a-z, "
                + "digits, - or _.");
        }
        await Console.Out.WriteLineAsync(token);
        return 0;
    }
}
