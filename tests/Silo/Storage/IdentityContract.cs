using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>What every store promises about the index of identifiers that lies beside the keys.</summary>
public abstract class IdentityContract(StorePlace place) : StoreContract(place)
{
    private IIdentityIndex Index => (IIdentityIndex)Store;

    [StoreFact]
    public async Task A_client_with_a_key_is_without_identity_until_it_is_told_once()
    {
        await Register("a");
        await Store.Append(One(GrainName.Client("without-key"), 0));
        Assert.Equal([GrainName.Client("a")], await Index.ClientsWithoutIdentity(10));
        await Tell("a", 1);
        await Tell("a", 2);
        await Restart();
        Assert.Empty(await Index.ClientsWithoutIdentity(10));
        await Register("b");
        await Tell("b", 1);
        Assert.Equal(["a", "b"], await Shared());
    }

    [StoreFact]
    public async Task Clients_who_share_an_identity_are_told_beside_each_other_and_those_without_one_never()
    {
        foreach (var (client, identity) in new[] { ("a", 1), ("b", 2), ("c", 1), ("d", 0), ("e", 0), ("f", 3) })
        {
            await Register(client);
            await Tell(client, identity);
        }
        Assert.Equal(["a", "c"], await Shared());
        var first = Assert.Single(await Index.SharedIdentities(default, 1));
        var second = Assert.Single(await Index.SharedIdentities(first, 1));
        Assert.Equal(["a", "c"], [first.Client.Key, second.Client.Key]);
        Assert.Empty(await Index.SharedIdentities(second, 1));
    }

    [StoreFact]
    public async Task What_changes_an_identity_takes_it_away_and_what_is_told_too_late_is_not_taken()
    {
        foreach (var client in new[] { "a", "b" })
        {
            await Register(client);
            await Tell(client, 1);
        }
        var changed = new NewEvent("client.details-changed", new byte[] { 1 }, default);
        await Store.Append(Append(GrainName.Client("a"), 1, null, changed));
        Assert.Equal([GrainName.Client("a")], await Index.ClientsWithoutIdentity(10));
        await Tell("a", 1);
        Assert.Empty(await Shared());
        await Tell("a", 1, version: 2);
        Assert.Equal(["a", "b"], await Shared());
    }

    [StoreFact]
    public async Task What_happens_to_a_client_meanwhile_does_not_make_it_be_read_again()
    {
        await Register("a");
        await Store.Append(One(GrainName.Client("a"), 1));
        await Tell("a", 1, version: 1);
        Assert.Empty(await Index.ClientsWithoutIdentity(10));
    }

    [StoreFact]
    public async Task Words_lie_beside_the_key_until_what_changes_them_and_are_read_in_pages_and_by_client()
    {
        foreach (var client in new[] { "a", "b", "c" })
        {
            await Register(client);
        }
        Assert.All(await Words("a", "c"), one => Assert.True(one.Words.IsEmpty && !one.WrappedKey.IsEmpty));
        await Tell("a", 1);
        await Tell("b", 0);
        Assert.Empty(await Words("nowhere"));
        var words = await Words("a");
        Assert.Equal("6109", Convert.ToHexString(words.Single().Words.Span));
        var first = Assert.Single(await Index.WordsAfter("", 1));
        var rest = Assert.Single(await Index.WordsAfter(first.Client.ToString(), 10));
        Assert.Equal(["a", "b"], [first.Client.Key, rest.Client.Key]);
        Assert.Equal([GrainName.Client("c")], await Index.ClientsWithoutIdentity(10));

        var changed = new NewEvent("client.details-changed", new byte[] { 1 }, default);
        await Store.Append(Append(GrainName.Client("a"), 1, null, changed));
        Assert.True((await Words("a")).Single().Words.IsEmpty);
        Assert.Equal(["b"], (await Index.WordsAfter("", 10)).Select(one => one.Client.Key));
    }

    [StoreFact]
    public async Task Clients_are_found_by_their_identity_and_none_by_an_empty_one()
    {
        foreach (var (client, identity) in new[] { ("a", 1), ("b", 2), ("c", 1), ("d", 0) })
        {
            await Register(client);
            await Tell(client, identity);
        }
        Assert.Equal(["a", "c"], (await Index.ClientsOf(new byte[] { 1, 7 }, 10)).Select(one => one.Key).Order());
        Assert.Single(await Index.ClientsOf(new byte[] { 1, 7 }, 1));
        Assert.Empty(await Index.ClientsOf(new byte[] { 9, 7 }, 10));
        Assert.Empty(await Index.ClientsOf(ReadOnlyMemory<byte>.Empty, 10));
        Assert.Empty(await Index.ClientsWithoutIdentity(10));
    }

    private ValueTask<IReadOnlyList<SealedWords>> Words(params string[] clients) =>
        Index.WordsOf([.. clients.Select(GrainName.Client)]);

    private async Task<IEnumerable<string>> Shared() =>
        (await Index.SharedIdentities(default, 10)).Select(identity => identity.Client.Key);

    /// <summary>0 is for none.</summary>
    private ValueTask Tell(string client, int identity, long version = 1) => Index.Tell(
        [new IdentityDigest(
            GrainName.Client(client), identity == 0 ? Array.Empty<byte>() : [(byte)identity, 7], version)
        {
            Words = new[] { (byte)client[0], (byte)9 },
        }]);

    private async Task Register(string client) =>
        await Store.Append(Keyed(0, [1, 2, 3], stream: GrainName.Client(client)));
}
