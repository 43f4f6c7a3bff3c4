using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Tests.Security;

/// <summary>A key of tokens that a disk changed is refused, or lets in nobody whom the whole one let in.</summary>
public sealed class DamagedTokenKeyTests
{
    [Fact]
    public async Task A_damaged_key_lets_nobody_in()
    {
        var folder = Directory.CreateTempSubdirectory("osst-token-key-").FullName;
        var token = "Bearer " + Issuer(folder).Mint(Role.Coordinator, "c-1", Reach.Of("837"), TimeSpan.FromHours(1));
        Assert.NotNull(await Identify(folder, token));
        var path = Path.Combine(folder, TokenKey.FileName);
        var key = await File.ReadAllBytesAsync(path);
        for (var at = 0; at < key.Length; at++)
        {
            var flipped = key.ToArray();
            flipped[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(path, flipped);
            Assert.Null(await Identify(folder, token));
            await File.WriteAllBytesAsync(path, key[..at]);
            Assert.Throws<StoreRefusal>(() => TokenKey.Open(folder));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static DevelopmentIssuer Issuer(string folder) => new(TokenKey.Open(folder), TimeProvider.System);

    private static async Task<Verified?> Identify(string folder, string token) =>
        await new Tokens([Issuer(folder)], TimeProvider.System).Identify(token);
}
