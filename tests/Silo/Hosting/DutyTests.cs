using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>
/// What staff send to clients with whom they have nothing to do: what their duties say, and for all else one and the
/// same refusal.
/// </summary>
public sealed class DutyTests : Place
{
    private static readonly Standing Plain = new(Tampere, "aino");

    private static readonly IClientCommand[] OfIntake =
        [new ReceiveReferral("r9", ReferralSource.Kela, ReferralReason.Need, Urgency: 3), new RequestDiscussion()];

    private static readonly IClientCommand[] OfTheDoor =
        [new GiveDropInConsent(), new RecordDropInAttendance("centre"), new WithdrawDropInConsent()];

    private static readonly IClientCommand[] OfNeither =
        [Letter, new AssignWorker("aino", true), Register, new CloseMatter(ClosingReason.Other)];

    /// <summary>What a client may be, beside not being there at all.</summary>
    public static TheoryData<string, IClientCommand[]> Lives => new()
    {
        { "registered only", [] },
        { "with another's worker", [new AssignWorker("eino", true)] },
        { "consenting", [new GiveDropInConsent()] },
        { "closed", [new CloseMatter(ClosingReason.Other)] },
        { "with a security ban", [new SetSecurityBan()] },
        { "moved", [new MoveToMunicipality(Raisio)] },
        { "erased", [new EraseClient(ErasureReason.Ordered)] },
        { "not there", null! },
    };

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task Who_has_nothing_to_do_with_a_client_gets_one_answer_whatever_is_true_of_the_client(
        string client, IClientCommand[]? life)
    {
        if (life is not null)
        {
            await Lived(life);
        }
        var aino = As(Plain);
        foreach (var command in OfIntake.Concat(OfTheDoor).Concat(OfNeither)
            .Where(asked => life is not null || asked is not RegisterClient))
        {
            Time.Advance(TimeSpan.FromMinutes(1)); // A line each, and none counted together with others.
            foreach (var version in (long?[])[null, Envelope.NeverVersion, 1, 2])
            {
                var before = Lines();
                var reply = await Host(Maija).Execute(Ask(command, aino, ifVersion: version));
                Assert.True(reply == new CommandReply(ReplyKind.Forbidden, 0, 0), $"{client}: {command} {reply}");
                Assert.Equal(before + (life is null ? 0 : 1), Lines());
            }
        }
        Assert.Equal(new ReadReply<ClientState>(ReadResult.Forbidden), await Host(Maija).Read(ReadAs(aino)));
    }

    [Fact]
    public async Task Each_duty_lets_its_commands_through_without_a_version_and_no_others()
    {
        foreach (var (standing, own, basis) in new[]
        {
            (Plain with { HandlesIntake = true }, OfIntake, "intake"),
            (Plain with { KeepsDoor = true }, OfTheDoor, "door"),
        })
        {
            await Lived([new AssignWorker("eino", true)]);
            foreach (var command in OfIntake.Concat(OfTheDoor).Concat(OfNeither))
            {
                Assert.Equal(ReplyKind.Forbidden, (await Host(Maija).Execute(
                    Ask(command, As(standing), ifVersion: Envelope.NeverVersion))).Kind);
                var reply = await Host(Maija).Execute(Ask(command, As(standing)));
                Assert.True((reply.Kind is ReplyKind.Accepted) == own.Contains(command), $"{basis}: {command} {reply}");
            }
            Assert.Equal(ReadResult.Forbidden, (await Host(Maija).Read(ReadAs(As(standing)))).Result);
        }
    }

    /// <summary>A refusal at the door says something of the client: it is a use of data.</summary>
    [Fact]
    public async Task What_a_duty_is_answered_without_anything_being_stored_leaves_a_line()
    {
        await Lived([]);
        var door = As(Plain with { KeepsDoor = true });
        var reply = await Host(Maija).Execute(Ask(new RecordDropInAttendance("centre"), door));
        Assert.Equal(RejectionCodes.NoDropInConsent, reply.Rejection?.Code);
        Assert.Equal(
            "answer: recordDropInAttendance door", Scalar("SELECT what || ' ' || basis FROM access_log"));
    }

    [Fact]
    public async Task Who_holds_no_register_learns_of_none_whether_there_is_such_a_client()
    {
        await Lived([]);
        foreach (var sender in (Caller[])[In(Role.Coordinator, Raisio), In(Role.Integration, Raisio)])
        {
            foreach (var command in (IClientCommand[])[Letter, new RecordBenefitMonth("2019-01", 1, 0)])
            {
                Assert.Equal(
                    await Host(Maija).Execute(Ask(command, sender)),
                    await Host(GrainName.Client("none")).Execute(Ask(command, sender)));
            }
            Assert.Equal(
                await Host(Maija).Read(ReadAs(sender)), await Host(GrainName.Client("none")).Read(ReadAs(sender)));
        }
    }

    private static Caller As(Standing standing) => In(Role.SocialWorker, Tampere) with { Standings = [standing] };

    private async Task Lived(IClientCommand[] life)
    {
        foreach (var command in life.Prepend(Register))
        {
            var reply = await Host(Maija).Execute(Ask(command));
            Assert.True(reply.Kind is ReplyKind.Accepted, $"{command}: {reply}");
        }
    }

    private int Lines()
    {
        using var database = Database.Open(DatabaseFile, readOnly: true);
        return int.Parse(
            database.Scalar("SELECT count(*) FROM access_log WHERE what LIKE 'denied: %'")!,
            System.Globalization.CultureInfo.InvariantCulture);
    }
}
