using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Grains.Measures;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Privacy;

/// <summary>Answers to a measure are sealed under the key of their consent, and end with it, with their matter or with
/// the client.</summary>
public sealed class MeasureConsentTests : Place
{
    private const string KeyRow = "client/maija/matter-1001";

    private static readonly RecordMeasureAnswers Answers = new("ESIS")
    {
        Answers = [.. Enumerable.Range(1, 10).Select(item => new ItemAnswer(item, 4))],
    };

    [Fact]
    public async Task A_consent_has_a_key_from_its_beginning_and_answers_are_words_that_need_it()
    {
        var host = await Answered();
        Assert.Equal("client/maija client/maija/matter-1 client/maija/matter-1001", Keys());
        Assert.Equal(10, (await Sets(Host(Maija))).Single().Count);
        Assert.Null(Scalar("SELECT 1 FROM events WHERE CAST(data AS TEXT) LIKE '%1:4%'"));
        await host.LetGo();
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
    }

    [Fact]
    public async Task With_the_consent_the_answers_are_gone_for_good_also_from_the_bytes_on_disk()
    {
        var host = await Answered();
        for (var i = 0; i < 60; i++)
        {
            await host.Execute(Ask(Letter));
        }
        await SnapshotsAreStored();
        var key = Convert.FromHexString(Scalar($"SELECT hex(wrapped) FROM keys WHERE stream = '{KeyRow}'")!);
        var late = (await ((ISnapshotTable)Store).ReadSnapshot(Maija))!;
        Assert.True(IsOnDisk(key));
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(new WithdrawMeasureConsent()))).Kind);
        Assert.False(IsOnDisk(key));
        Assert.Empty(await Sets(host));
        Assert.Empty(await Sets(Host(Maija)));
        var entry = (await History()).Select(it => it.Event).OfType<MeasureAnswered>().Single();
        Assert.True(entry.Answers.IsEmpty);
        Assert.Equal(750, entry.ScoreTenths); // Codes stay.
        await ((ISnapshotTable)Store).WriteSnapshot(Maija, late);
        Assert.Equal("0", Scalar("SELECT count(*) FROM snapshots"));
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
    }

    [Fact]
    public async Task Another_consent_has_another_key_and_what_else_was_written_stays_readable()
    {
        var host = await Answered();
        await host.Execute(Ask(Letter with { Note = new PersonalText("stays") }));
        await host.Execute(Ask(new WithdrawMeasureConsent()));
        await host.Execute(Ask(new GiveMeasureConsent()));
        await host.Execute(Ask(Answers));
        Assert.Equal("client/maija client/maija/matter-1 client/maija/matter-1002", Keys());
        Assert.Equal(10, (await Sets(Host(Maija))).Single().Count);
        Assert.Contains((await History()).Select(it => it.Event).OfType<ContactAttempted>(),
            it => it.Note?.Reveal() == "stays");
    }

    [Theory]
    [InlineData("client/maija/matter-1")]
    [InlineData(KeyRow)]
    public async Task Without_the_key_of_the_matter_or_of_the_consent_the_answers_do_not_open(string gone)
    {
        await Answered();
        Tamper($"DELETE FROM keys WHERE stream = '{gone}'");
        Assert.Empty((await Sets(Host(Maija))).Single());
    }

    [Fact]
    public async Task With_the_client_the_answers_are_gone()
    {
        var host = await Answered();
        await host.Execute(Ask(new EraseClient(ErasureReason.Ordered)));
        Assert.Equal("", Keys());
        Assert.True((await History()).Select(it => it.Event).OfType<MeasureAnswered>().Single().Answers.IsEmpty);
    }

    [Fact]
    public async Task With_the_last_matter_the_consents_key_is_gone_and_the_log_says_so()
    {
        var host = Host(Maija);
        foreach (var (command, on) in new (ICommand, DateOnly)[]
        {
            (Register, new(2005, 6, 1)), (new GiveMeasureConsent(), new(2005, 6, 1)), (Answers, new(2005, 6, 1)),
            (new CloseMatter(ClosingReason.Other), new(2005, 6, 2)), (new ConfirmRetention(1), Day),
        })
        {
            var reply = await host.Execute(Ask(command, on: on));
            Assert.True(reply.Kind == ReplyKind.Accepted, $"{command} {reply.Rejection}");
        }
        Assert.Equal("client/maija", Keys());
        Assert.Empty(await Sets(Host(Maija)));
        Assert.Single((await History()).Select(it => it.Event).OfType<MeasureConsentWithdrawn>());
        Assert.Null(await GrainKinds.Recheck(Maija, Services));
    }

    [Fact]
    public async Task An_activation_that_holds_answers_lets_go_of_them_when_another_withdrew_the_consent()
    {
        var (one, other) = (await Answered(), Host(Maija));
        Assert.Single(await Sets(other));
        await one.Execute(Ask(new WithdrawMeasureConsent()));
        Assert.Equal(ReplyKind.Rejected, (await other.Execute(Ask(Answers))).Kind);
        Assert.Empty(await Sets(other));
    }

    private async Task<IGrainHost<ClientState>> Answered()
    {
        var host = Host(Maija);
        foreach (var command in new ICommand[] { Register, new GiveMeasureConsent(), Answers })
        {
            var reply = await host.Execute(Ask(command));
            Assert.True(reply.Kind == ReplyKind.Accepted, $"{reply.Rejection}");
        }
        return host;
    }

    private static async Task<IReadOnlyList<IReadOnlyList<ItemAnswer>>> Sets(IGrainHost<ClientState> host) =>
    [
        .. (await host.Read(ReadAs(Worker))).State!.MeasureAnswers
            .Select(set => AnswerSets.Opened(set.Answered.Answers)),
    ];

    private async Task<IReadOnlyList<HistoryEntry>> History() =>
        (await Host(Maija).Read(ReadAs(Worker, ReadKind.History))).History!;

    private string Keys() => Scalar("SELECT coalesce(group_concat(stream, ' '), '') FROM (SELECT stream FROM keys "
        + "ORDER BY stream)")!;

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
