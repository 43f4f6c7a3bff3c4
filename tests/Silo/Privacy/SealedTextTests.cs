using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Privacy;

/// <summary>Personal text is on disk only as bytes that the client's own key opens, in its own place.</summary>
public sealed class SealedTextTests : Place
{
    private const string Secret = "Kertoi äidistään luottamuksella";

    [Fact]
    public async Task Personal_text_is_nowhere_in_clear_on_disk()
    {
        var host = await RegisteredMaija();
        for (var i = 0; i < 60; i++)
        {
            await host.Execute(Ask(Letter with { Note = new PersonalText(Secret) }));
        }
        await host.Read(ReadAs(Worker, ReadKind.History));
        await host.LetGo();
        await SnapshotsAreStored();
        AssertNowhere(LastName, Secret, "luottamuksella", "T-1\"");
        Assert.True(File.Exists(DatabaseFile + "-wal"));
        await Restart();
        AssertNowhere(LastName, Secret, "luottamuksella");
        Assert.Equal("1", Scalar("SELECT count(*) FROM snapshots"));
        Assert.Equal(LastName, (await StateOf(Maija)).Registered!.LastName.Reveal());
    }

    [Fact]
    public async Task A_sealed_part_moved_to_another_version_does_not_open()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Letter with { Note = new PersonalText("first") }));
        await host.Execute(Ask(Letter with { Note = new PersonalText("other") }));
        Tamper("UPDATE events SET personal = (SELECT personal FROM events WHERE version = 2) WHERE version = 3");
        await AssertDamaged(Maija, version: 3);
    }

    [Fact]
    public async Task A_sealed_part_or_a_key_moved_to_another_stream_does_not_open()
    {
        var pekka = GrainName.Client("pekka");
        await RegisteredMaija();
        await Host(pekka).Execute(Ask(Register));
        Tamper("UPDATE events SET personal = (SELECT personal FROM events WHERE stream = 'client/maija') "
            + "WHERE stream = 'client/pekka'");
        await AssertDamaged(pekka, version: 1);
        Tamper("UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE stream = 'client/maija')");
        var fault = await Assert.ThrowsAsync<StoreFault>(async () => await Host(pekka).Read(ReadAs(Worker)));
        Assert.Contains("master key", fault.Message);
    }

    [Fact]
    public async Task Another_master_key_opens_nobody()
    {
        await RegisteredMaija();
        var stranger = Host(Maija, Services with { MasterKey = MasterKey.Random() });
        var fault = await Assert.ThrowsAsync<StoreFault>(async () => await stranger.Read(ReadAs(Worker)));
        Assert.DoesNotContain(LastName, fault.ToString());
    }

    [Fact]
    public async Task An_erased_key_leaves_the_codes_and_empties_the_text()
    {
        var host = await RegisteredMaija();
        for (var i = 0; i < 60; i++)
        {
            await host.Execute(Ask(Letter with { Note = new PersonalText(Secret) }));
        }
        await SnapshotsAreStored();
        Tamper("DELETE FROM keys");
        var state = await StateOf(Maija);
        Assert.True(state.Registered!.LastName.IsEmpty);
        Assert.Null(state.Registered.LastName.Reveal());
        Assert.Equal((1984, Tampere, 60), (state.Registered.BirthYear, state.Municipality, state.Contacts.Letters));
        Tamper("DELETE FROM snapshots");
        Assert.Equal(StoredJson.Plain(state), StoredJson.Plain(await StateOf(Maija)));
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
    }

    [Fact]
    public void A_state_whose_text_was_erased_survives_its_stored_form()
    {
        var codec = new EventCodec(Maija);
        var erased = new ClientState { Registered = new(Tampere, default, default, 1984, null, null, true) };
        var read = codec.TryDecode<ClientState>(codec.Encode(erased, 1, 1));
        Assert.NotNull(read);
        Assert.Equal(erased.Registered, read.Registered);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(-1)]
    public void An_altered_byte_anywhere_is_noticed(int at)
    {
        var (cipher, _) = MasterKey.NewClientKey(Maija);
        var part = cipher.Seal("sana"u8, "here");
        Assert.Equal("sana"u8, cipher.Open(part, "here"));
        Assert.ThrowsAny<CryptographicException>(() => cipher.Open(part, "there"));
        Assert.ThrowsAny<CryptographicException>(() => cipher.Open(part.AsSpan(0, 12), "here"));
        part[at < 0 ? ^1 : at] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => cipher.Open(part, "here"));
    }

    private async Task AssertDamaged(GrainName client, long version)
    {
        var fault = await Assert.ThrowsAsync<StoreFault>(async () => await Host(client).Read(ReadAs(Worker)));
        Assert.Contains($"version {version} cannot be read", fault.Message);
    }

    private void AssertNowhere(params string[] words)
    {
        foreach (var file in Directory.GetFiles(Folder).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (var word in words)
            {
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)));
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(word)));
            }
        }
    }
}
