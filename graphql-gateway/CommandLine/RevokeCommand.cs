using Microsoft.IdentityModel.JsonWebTokens;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>
/// <c>osst token --revoke</c>: ends tokens before their time, for a database in every process that shares it. A file is
/// another process's: there it is a line in the folder of keys, which that process follows.
/// </summary>
internal static class RevokeCommand
{
    /// <summary>An issuer's name, what stands behind it, and the longest subject.</summary>
    private const int MaxLength = 32 + 1 + 255;

    public static async Task<int> Token(StoreAddress address, string tokenOrId)
    {
        var id = IdOf(tokenOrId);
        AssertName(id.Replace(' ', '\n'), "--revoke takes a token or its id without spaces");
        await (address.Postgres is null
            ? RevokedFile.AddToken(Existing(address.KeyFolder), id)
            : InEveryProcess(address, now => Revocation.OfToken(id, now)));
        await Console.Out.WriteLineAsync($"Revoked the token {id}.");
        return 0;
    }

    public static async Task<int> Subject(StoreAddress address, string subject)
    {
        AssertName(subject, "--revoke-subject takes a staff or system id");
        await (address.Postgres is null
            ? RevokedFile.AddSubject(Existing(address.KeyFolder), subject, TimeProvider.System.GetUtcNow())
            : InEveryProcess(address, now => Revocation.OfSubject(subject, now)));
        await Console.Out.WriteLineAsync($"Revoked all tokens of {subject} made until this second.");
        return 0;
    }

    private static Task InEveryProcess(StoreAddress address, Func<DateTimeOffset, Revocation> revoke) =>
        Stores.UseNotes(
            address, TimeProvider.System,
            (notes, endings) => new RevokedRows(notes, endings.OfRevocations()).Add(
                [revoke(TimeProvider.System.GetUtcNow())]));

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
