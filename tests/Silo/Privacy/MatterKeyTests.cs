using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;
using StoredPlace = OsstOrleans.Silo.Storage.Place;

namespace OsstOrleans.Silo.Tests.Privacy;

/// <summary>Words are sealed under the key of their class: basic data, or the matter in which they were written.
/// </summary>
public sealed class MatterKeyTests : Place
{
    private static readonly RecordContactAttempt Noted = Letter with { Note = new PersonalText("first") };
    private static readonly ReopenMatter Back = new(new PersonalText("back again"), NewMatter: true);

    private static readonly DateOnly s_due = new(2019, 12, 31);

    [Fact]
    public async Task A_matter_has_a_key_from_its_first_words_on_and_keeps_it()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Letter));
        Assert.Equal("client/maija", Keys());
        await host.Execute(Ask(Noted));
        await Host(Maija).Execute(Ask(Noted));
        Assert.Equal("client/maija client/maija/matter-1", Keys());
        await ComesBack(host);
        Assert.Equal("client/maija client/maija/matter-1 client/maija/matter-2", Keys());
        Assert.Equal(2, (await StateOf(Maija)).Matter);
        Assert.Equal([null, "first", "first", null, "back again", "second"], await Notes());
    }

    [Fact]
    public async Task A_closing_that_was_premature_leaves_the_client_in_the_same_matter()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Noted));
        await host.Execute(Ask(new CloseMatter(ClosingReason.Other)));
        await host.Execute(Ask(new ReopenMatter(new PersonalText("too early"))));
        Assert.Equal("client/maija client/maija/matter-1", Keys());
        Assert.Equal(1, (await StateOf(Maija)).Matter);
    }

    [Theory]
    [InlineData("client/maija/matter-1", "second")]
    [InlineData("client/maija/matter-2", "first")]
    public async Task Without_a_matters_key_its_words_are_gone_from_history_and_snapshot_and_all_others_stay(
        string gone, string stays)
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Noted));
        await ComesBack(host);
        for (var i = 0; i < 60; i++)
        {
            await host.Execute(Ask(Letter));
        }
        await SnapshotsAreStored();
        Assert.Equal("1", Scalar("SELECT count(*) FROM snapshots"));
        Tamper($"DELETE FROM keys WHERE stream = '{gone}'");
        Assert.Contains(stays, await Notes());
        Assert.DoesNotContain(stays is "first" ? "second" : "first", await Notes());
        Assert.Equal(LastName, (await StateOf(Maija)).Registered!.LastName.Reveal());
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
    }

    [Fact]
    public async Task An_activation_that_holds_words_lets_go_of_them_when_it_finds_their_key_gone()
    {
        var (one, other) = (await RegisteredMaija(), Host(Maija));
        await one.Execute(Ask(new ReceiveReferral(
            "r1", ReferralSource.Kela, ReferralReason.Reduction20, 1, new PersonalText("KELA-1"))));
        Assert.Equal("KELA-1", ReferenceIn(await Read(other)));
        Tamper("DELETE FROM keys WHERE stream LIKE '%/matter-1'");
        await one.Execute(Ask(Letter)); // It knows nothing of it, and the other catches up with it.
        await other.Execute(Ask(Letter));
        Assert.Null(ReferenceIn(await Read(other)));
    }

    /// <summary>Words of before were sealed under the client's one key. They stay readable beside new ones.</summary>
    [Fact]
    public async Task Older_words_stay_readable_beside_those_of_a_matter()
    {
        await RegisteredMaija();
        var older = new EventCodec(Maija) { Keys = (await Store.Load(Maija)).KeysOf(Maija, MasterKey) };
        var (coded, personal) = StoredJson.Write(
            new ContactAttempted(ContactChannel.Letter, false, null, new PersonalText("older")),
            () => older.Keys.Of(0), new StoredPlace(Maija, 2, IsSnapshot: false));
        await Store.Append(Requests.Append(Maija, 1, null, new NewEvent("client.contact-attempted", coded, personal)));
        var host = Host(Maija);
        await host.Execute(Ask(Noted));
        Assert.Equal(["older", "first"], await Notes());
        Tamper("DELETE FROM keys WHERE stream LIKE '%/matter-1'");
        Assert.Equal(["older", null], await Notes());
    }

    [Fact]
    public async Task A_matters_key_moved_to_another_matter_or_client_does_not_open()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Noted));
        Tamper("UPDATE keys SET stream = 'client/maija/matter-2' WHERE stream = 'client/maija/matter-1'");
        var fault = await Assert.ThrowsAsync<StoreFault>(async () => await Host(Maija).Read(ReadAs(Worker)));
        Assert.Contains("master key", fault.Message);
    }

    [Fact]
    public async Task A_part_that_says_another_matter_is_damage_and_not_another_ones_words()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Noted));
        await ComesBack(host);
        var part = Scalar("SELECT hex(personal) FROM events WHERE version = 2")!;
        Assert.StartsWith("02010001", part); // The form, how many matters, and the number of each.
        Tamper($"UPDATE events SET personal = x'02010002{part[8..]}' WHERE version = 2");
        var fault = await Assert.ThrowsAsync<StoreFault>(async () => await Host(Maija).Read(ReadAs(Worker)));
        Assert.Contains("version 2 cannot be read", fault.Message);
    }

    [Fact]
    public async Task With_the_person_every_matters_key_is_gone_also_from_the_bytes_on_disk()
    {
        var host = await RegisteredMaija();
        await host.Execute(Ask(Noted));
        await ComesBack(host);
        var keys = Enumerable.Range(1, 2).Select(matter => Convert.FromHexString(
            Scalar($"SELECT hex(wrapped) FROM keys WHERE stream LIKE '%/matter-{matter}'")!)).ToArray();
        Assert.All(keys, key => Assert.True(IsOnDisk(key)));
        await host.Execute(Ask(new EraseClient(ErasureReason.Ordered)));
        Assert.All(keys, key => Assert.False(IsOnDisk(key)));
        Assert.Equal([null, null, null, null], await Notes());
    }

    [Theory]
    [InlineData(1, "second")]
    [InlineData(2, "")]
    public async Task With_a_matter_its_words_are_gone_everywhere_and_basic_data_and_later_matters_stay(
        int matter, string left)
    {
        var host = await OldMaija();
        await SnapshotsAreStored();
        var key = Convert.FromHexString(Scalar("SELECT hex(wrapped) FROM keys WHERE stream LIKE '%/matter-1'")!);
        var snapshot = Convert.FromHexString(Scalar("SELECT hex(substr(personal, 20, 40)) FROM snapshots")!);
        Assert.True(IsOnDisk(key) && IsOnDisk(snapshot));
        var reply = await host.Execute(Ask(new ConfirmRetention(matter), In(Role.Coordinator, null), on: s_due));
        Assert.True(reply.Kind == ReplyKind.Accepted, $"{reply.Rejection}");
        Assert.False(IsOnDisk(key) || IsOnDisk(snapshot));
        foreach (var one in new[] { host, Host(Maija) })
        {
            var client = await Read(one);
            Assert.Equal((LastName, matter), (client.Registered!.LastName.Reveal(), client.MattersEnded));
            Assert.Equal(matter == 2, client.DropInConsentSince is null);
        }
        var notes = (await Notes()).OfType<string>().Where(note => note is "first" or "second");
        Assert.Equal(left, string.Join(',', notes));
        Assert.Null(await GrainKinds.Recheck(Maija, Services));

        // What is written afterwards has a key again, and is readable.
        await host.Execute(Ask(new ReopenMatter(), on: s_due));
        await host.Execute(Ask(Noted with { Note = new PersonalText("third") }, on: s_due));
        Assert.Equal("third", (await Notes()).Last());
    }

    /// <summary>In a snapshot of after the end an unreadable text is not one that never was.</summary>
    [Fact]
    public async Task After_a_matters_end_a_snapshot_gives_what_a_replay_gives_and_a_referral_is_still_the_same()
    {
        var sent = new ReceiveReferral(
            "r1", ReferralSource.Kela, ReferralReason.Reduction20, 1, new PersonalText("KELA-1"));
        var (host, day) = (Host(Maija), new DateOnly(2005, 1, 1));
        foreach (var command in new ICommand[] { Register, sent }.Concat(Enumerable.Repeat(Letter, 12))
            .Append(new CloseMatter(ClosingReason.Other)))
        {
            Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(command, on: day))).Kind);
        }
        await host.Execute(Ask(new ConfirmRetention(1), In(Role.Coordinator, null), on: s_due));
        Assert.Equal(1, (await Read(host)).MattersEnded);
        await host.LetGo();
        await SnapshotsAreStored();
        Assert.Equal("1", Scalar("SELECT count(*) FROM snapshots"));
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
        var again = await Host(Maija).Execute(Ask(sent, on: day));
        Assert.True(again is { Kind: ReplyKind.Accepted, IsUnchanged: true }, $"{again.Rejection}");
    }

    [Fact]
    public async Task A_snapshot_that_is_written_late_after_a_matters_end_is_not_kept()
    {
        var host = await OldMaija();
        await SnapshotsAreStored();
        var late = (await ((ISnapshotTable)Store).ReadSnapshot(Maija))!;
        await host.Execute(Ask(new ConfirmRetention(1), In(Role.Coordinator, null), on: s_due));
        await ((ISnapshotTable)Store).WriteSnapshot(Maija, late);
        Assert.Equal("0", Scalar("SELECT count(*) FROM snapshots"));
    }

    [Fact]
    public async Task An_activation_that_knows_nothing_of_a_matters_end_seals_nothing_under_its_key()
    {
        var (one, other) = (await OldMaija(), Host(Maija));
        await Read(other);
        await one.Execute(Ask(new ConfirmRetention(1), In(Role.Coordinator, null), on: s_due));
        await other.Execute(Ask(new ReopenMatter(new PersonalText("late")), on: s_due.AddDays(-1)));
        Assert.Equal("client/maija client/maija/consent client/maija/matter-2", Keys());
        Assert.Equal("late", (await Notes()).Last());
    }

    /// <summary>Two closed matters, the second one open again, and a consent.</summary>
    private async Task<IGrainHost<ClientState>> OldMaija()
    {
        var host = Host(Maija);
        foreach (var (command, on) in new (ICommand, string)[]
        {
            (Register, "2005-01-01"), (new GiveDropInConsent(), "2005-01-01"), (Noted, "2005-01-02"),
            (new CloseMatter(ClosingReason.Other), "2005-01-03"), (Back, "2005-02-01"),
            (Noted with { Note = new PersonalText("second") }, "2005-02-02"),
        })
        {
            await Accept(command, on);
        }
        for (var i = 0; i < 60; i++)
        {
            await Accept(Letter, "2005-02-03");
        }
        await Accept(new CloseMatter(ClosingReason.Other), "2005-02-04");
        return host;

        async Task Accept(ICommand command, string on)
        {
            var reply = await host.Execute(Ask(command, on: DateOnly.Parse(on, null)));
            Assert.True(reply.Kind == ReplyKind.Accepted, $"{command}: {reply.Rejection}");
        }
    }

    private static async Task ComesBack(IGrainHost<ClientState> host)
    {
        foreach (var command in new ICommand[]
        {
            new CloseMatter(ClosingReason.Other), Back, Noted with { Note = new PersonalText("second") },
        })
        {
            var reply = await host.Execute(Ask(command));
            Assert.True(reply.Kind == ReplyKind.Accepted, $"{command}: {reply.Rejection}");
        }
    }

    private string Keys() => Scalar("SELECT group_concat(stream, ' ') FROM (SELECT stream FROM keys ORDER BY stream)")!;

    /// <summary>The notes of the history; null for each that is not readable, or is none.</summary>
    private async Task<IEnumerable<string?>> Notes() =>
        (await Host(Maija).Read(ReadAs(Worker, ReadKind.History))).History!.Select(entry => entry.Event)
            .Where(happened => happened is ContactAttempted or MatterClosed or MatterReopened)
            .Select(happened => happened switch
            {
                ContactAttempted it => it.Note?.Reveal(),
                MatterReopened it => it.Note?.Reveal(),
                _ => null,
            });

    private static async Task<ClientState> Read(IGrainHost<ClientState> host) =>
        (await host.Read(ReadAs(Worker))).State!;

    private static string? ReferenceIn(ClientState client) =>
        Assert.Single(client.Referrals).Received.KelaDecisionReference?.Reveal();

    private bool IsOnDisk(byte[] bytes) => Directory.GetFiles(Folder)
        .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
        .Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content.AsSpan().IndexOf(bytes) >= 0;
        });
}
