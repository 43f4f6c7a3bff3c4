using Microsoft.IdentityModel.JsonWebTokens;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>
/// <c>osst token --revoke</c>: ends tokens before their time. A running process on the same data folder sees it by
/// itself.
/// </summary>
internal static class RevokeCommand
{
    private const int MaxLength = 64;

    public static async Task<int> Token(string folder, string tokenOrId)
    {
        var id = IdOf(tokenOrId);
        AssertName(id.Replace(' ', '\n'), "--revoke takes a token or its id without spaces");
        await RevokedTokens.AddToken(Existing(folder), id);
        await Console.Out.WriteLineAsync($"Revoked the token {id}.");
        return 0;
    }

    public static async Task<int> Subject(string folder, string subject)
    {
        AssertName(subject, "--revoke-subject takes a staff or system id");
        await RevokedTokens.AddSubject(Existing(folder), subject, TimeProvider.System.GetUtcNow());
        await Console.Out.WriteLineAsync($"Revoked all tokens of {subject} made until this second.");
        return 0;
    }

    private static string IdOf(string tokenOrId)
    {
        var handler = new JsonWebTokenHandler();
        if (!tokenOrId.Contains('.', StringComparison.Ordinal) || !handler.CanReadToken(tokenOrId))
        {
            return tokenOrId;
        }
        return handler.ReadJsonWebToken(tokenOrId).Id is { Length: > 0 } id
            ? id
            : throw new StoreRefusal("The token has no id: revoke its subject instead.");
    }

    private static void AssertName(string name, string what)
    {
        if (name.Length is 0 or > MaxLength || name.Any(char.IsControl) || name.Trim() != name)
        {
            throw new StoreRefusal($"{what}, at most {MaxLength} characters.");
        }
    }

    private static string Existing(string folder) => Directory.Exists(folder)
        ? folder
        : throw new StoreRefusal($"There is no data folder {folder}.");
}
