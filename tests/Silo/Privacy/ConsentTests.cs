using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Tests.Cluster;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Privacy;

/// <summary>A visit is client data only by consent, and with the consent it is really gone (I6).</summary>
public sealed class ConsentTests : Place
{
    private const string Centre = "asukastupa-with-a-name-to-look-for";

    private static readonly RecordDropInAttendance Visit = new(Centre);

    [Fact]
    public async Task A_kept_visit_is_in_the_state_and_on_the_timeline_and_nowhere_in_the_log()
    {
        var host = await Consenting();
        var rows = Rows();
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Visit))).Kind);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Visit))).Kind);
        Assert.Equal([new DropInAttendance(Centre, Day)], (await StateOf(Maija)).KeptVisits);
        var page = (await host.Read(new ReadRequest(Worker, ReadKind.Timeline, new HistorySlice(true, false, 10))))
            .Page!;
        Assert.Contains(page.Entries, entry => entry.Event is DropInVisitKept { DropInCentreId: Centre });
        Assert.Equal(rows, Rows());
        Assert.Equal("1", Scalar("SELECT count(*) FROM kept"));
        AssertNowhere(Centre);
    }

    [Fact]
    public async Task After_a_fault_in_doubt_an_activation_knows_what_the_store_has()
    {
        await Consenting();
        var gate = new GatedStore(Store) { ConsentFaultAfter = new StoreFault("The answer is lost.") };
        var host = Host(Maija, Services with { Store = gate });
        await host.Read(ReadAs(Worker));
        await Assert.ThrowsAsync<StoreFault>(async () => await host.Execute(Ask(Visit)));
        Assert.Single(((ClientState)(await host.Read(ReadAs(Worker))).State!).KeptVisits);
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(Visit))).Kind);
        Assert.Single((await StateOf(Maija)).KeptVisits);
    }

    [Fact]
    public async Task No_snapshot_holds_a_kept_visit()
    {
        var host = await Consenting();
        for (var i = 0; i < 60; i++)
        {
            await host.Execute(Ask(Visit, on: Day.AddDays(i % 3)));
            await host.Execute(Ask(Letter));
        }
        await SnapshotsAreStored();
        Assert.Null(Scalar("SELECT 1 FROM snapshots WHERE CAST(data AS TEXT) LIKE '%asukastupa%'"));
        Assert.Equal(3, (await StateOf(Maija)).KeptVisits.Count);
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
    }

    [Fact]
    public async Task With_the_consent_every_trace_is_gone_also_from_the_bytes_on_disk()
    {
        var host = await Consenting();
        await host.Execute(Ask(Visit));
        var (sealedBytes, key) = (Blob("SELECT hex(sealed) FROM kept"),
            Blob("SELECT hex(wrapped) FROM keys WHERE stream = 'client/maija/consent'"));
        AssertOnDisk(true, sealedBytes, key);
        var rows = Rows();
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(new WithdrawDropInConsent()))).Kind);
        Assert.Empty((await StateOf(Maija)).KeptVisits);
        Assert.Empty(((ClientState)(await host.Read(ReadAs(Worker))).State!).KeptVisits);
        Assert.Equal("0", Scalar("SELECT count(*) FROM kept"));
        Assert.Equal(rows + 2, Rows()); // The withdrawal and its outcome.
        AssertOnDisk(false, sealedBytes, key);
        Assert.Equal(RejectionCodes.NoDropInConsent, (await host.Execute(Ask(Visit))).Rejection!.Code);
    }

    [Fact]
    public async Task A_new_consent_begins_with_nothing()
    {
        var host = await Consenting();
        await host.Execute(Ask(Visit));
        await host.Execute(Ask(new WithdrawDropInConsent()));
        await host.Execute(Ask(new GiveDropInConsent()));
        Assert.Empty((await StateOf(Maija)).KeptVisits);
        await host.Execute(Ask(Visit));
        Assert.Single((await StateOf(Maija)).KeptVisits);
        await Restart();
        Assert.Single((await StateOf(Maija)).KeptVisits);
    }

    [Fact]
    public async Task An_activation_that_missed_the_withdrawal_keeps_nothing_more()
    {
        var (one, other) = (await Consenting(), Host(Maija));
        await other.Read(ReadAs(Worker));
        await one.Execute(Ask(new WithdrawDropInConsent()));
        Assert.Equal(ReplyKind.Rejected, (await other.Execute(Ask(Visit))).Kind);
        Assert.Equal("0", Scalar("SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task A_consent_from_before_consents_had_keys_gets_one()
    {
        await Consenting();
        Tamper("DELETE FROM keys WHERE stream LIKE '%/consent'");
        Assert.Equal(ReplyKind.Accepted, (await Host(Maija).Execute(Ask(Visit))).Kind);
        Assert.Single((await StateOf(Maija)).KeptVisits);
    }

    [Fact]
    public async Task An_erased_client_has_no_words_anywhere_and_keeps_every_code()
    {
        var host = await Consenting();
        for (var i = 0; i < 60; i++)
        {
            await host.Execute(Ask(Letter with { Note = new PersonalText("Sensitive words") }));
        }
        await host.Execute(Ask(Visit));
        await SnapshotsAreStored();
        var key = Blob("SELECT hex(wrapped) FROM keys WHERE stream = 'client/maija'");
        var erase = Ask(new EraseClient(ErasureReason.RegisteredInError), In(Role.Coordinator, Tampere));
        var reply = await host.Execute(erase);
        Assert.Equal(ReplyKind.Accepted, reply.Kind);
        foreach (var state in new[] { (ClientState)(await host.Read(ReadAs(Worker))).State!, await StateOf(Maija) })
        {
            Assert.True(state.Registered!.LastName.IsEmpty);
            Assert.Equal((1984, 60, Day), (state.Registered.BirthYear, state.Contacts.Letters, state.ErasedOn));
            Assert.Empty(state.KeptVisits);
        }
        Assert.Equal("0", Scalar("SELECT count(*) FROM keys"));
        AssertOnDisk(false, key);
        Assert.Equal("CLIENT_ERASED", (await host.Execute(Ask(Letter))).Rejection!.Code);
        Assert.Equal(reply with { IsRetry = true }, await Host(Maija).Execute(erase));
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
    }

    [Fact]
    public async Task Another_activation_s_memory_is_cleared_when_it_learns_of_the_erasure()
    {
        var (one, other) = (await RegisteredMaija(), Host(Maija));
        await other.Read(ReadAs(Worker));
        await one.Execute(Ask(new EraseClient(ErasureReason.Ordered), In(Role.Coordinator, Tampere)));
        Assert.Equal("CLIENT_ERASED", (await other.Execute(Ask(Letter))).Rejection!.Code);
        Assert.True(((ClientState)(await other.Read(ReadAs(Worker))).State!).Registered!.LastName.IsEmpty);
    }

    [Theory]
    [InlineData(Role.SocialWorker)]
    [InlineData(Role.Counsellor)]
    [InlineData(Role.Integration)]
    public async Task Only_a_coordinator_erases(Role role)
    {
        var host = await RegisteredMaija();
        Assert.Equal(ReplyKind.Forbidden,
            (await host.Execute(Ask(new EraseClient(ErasureReason.Ordered), In(role, Tampere)))).Kind);
    }

    private async Task<IGrainHost<ClientState>> Consenting()
    {
        var host = await RegisteredMaija();
        var consented = await host.Execute(Ask(new GiveDropInConsent()));
        Assert.True(consented.Kind == ReplyKind.Accepted, $"{consented.Rejection}");
        return host;
    }

    /// <summary>Rows that only grow: a kept visit adds none.</summary>
    private long Rows() => long.Parse(Scalar(
        "SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM outcomes)")!);

    private byte[] Blob(string sql) => Convert.FromHexString(Scalar(sql)!);

    private void AssertNowhere(string words) => AssertOnDisk(false, Encoding.UTF8.GetBytes(words));

    private void AssertOnDisk(bool expected, params byte[][] parts)
    {
        foreach (var part in parts)
        {
            Assert.Equal(expected, Directory.GetFiles(Folder).Any(file => Holds(file, part)));
        }
    }

    private static bool Holds(string file, byte[] part)
    {
        if (file.EndsWith(".lock", StringComparison.Ordinal))
        {
            return false;
        }
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(part) >= 0;
    }
}
