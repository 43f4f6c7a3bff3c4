using System.Globalization;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>
/// Whatever happened, in whatever order it was recorded: a snapshot at any place and the events after it are the whole
/// history, and a caseload is the fold of its clients. Set OSST_SEED to run one seed again.
/// </summary>
public sealed class ReplayTests
{
    private const int Sequences = 40;
    private const int Length = 120;

    private static readonly ICommand[] Likely =
    [
        Register, FromKela, FromKela with { ReferralId = "r2", Over75 = true, Urgency = 1 }, Booking, Assessing,
        new AttendMeeting("m1"), new RecordContactAttempt(ContactChannel.Phone, true, "r1"), new RequestDiscussion(),
        new StartAssessment(), new AssignWorker("w1", true), new AssignWorker("w2", false), Planning, Reviewing,
        new HandOverClient("h1", "w1", "w3"), new CloseMatter(ClosingReason.Other), new ReopenMatter(),
        new RegisterReferral("r1", ReferralMeasure.ProcessBegins, 1, ChildWithSpecialSupport: true),
        new RecordReferralNotInvestigated("r2", Words("No staff")),
        new AbsorbDuplicate("x", "twin", new ContactTally(Letters: 2))
        {
            Referrals = GivenClient(Registered).And("2018-03-01", FromKela with { Over75 = true, Urgency = 2 })
                .State.Referrals,
        },
    ];

    /// <summary>
    /// A move or a merge takes the client out of the caseload, and a correction folds the row anew: its host's work.
    /// </summary>
    private static readonly Type[] Leaving =
        [typeof(MoveToMunicipality), typeof(ImportClient), typeof(RetireDuplicate)];

    private static readonly Type[] Types =
    [
        .. typeof(IClientCommand).Assembly.GetTypes().Where(type =>
            type.IsSealed && type.IsAssignableTo(typeof(IClientCommand)) && !type.IsAssignableTo(typeof(IRevision))
            && !Leaving.Contains(type)),
    ];

    [Fact]
    public void A_snapshot_at_any_place_and_its_tail_give_the_whole_history() => ForEachSeed(random =>
    {
        var events = Live(random);
        var whole = Wire.Write(Fold(ClientDecider.Initial, events));
        for (var k = 0; k <= events.Count; k++)
        {
            var snapshot = Wire.Write(Fold(ClientDecider.Initial, events.Take(k)));
            var restored = (ClientState)Wire.Read(snapshot, typeof(ClientState));
            Assert.Equal(whole, Wire.Write(Fold(restored, events.Skip(k))));
        }
    });

    [Fact]
    public void So_do_snapshots_of_the_other_grains()
    {
        Replays<MunicipalityState, MunicipalityDecider>(Kemijarvi, typeof(IMunicipalityCommand));
        Replays<DropInCentreState, DropInCentreDecider>(Centre, typeof(IDropInCentreCommand));
        Replays<ProgrammeState, ProgrammeDecider>(Osst, typeof(IProgrammeCommand));
    }

    [Fact]
    public void A_caseload_is_the_fold_of_its_clients_in_any_order_of_streams() => ForEachSeed(random =>
    {
        var lives = Enumerable.Range(0, 4).Select(number => (Client: $"c{number}", Events: Live(random))).ToArray();
        var (live, again) = (new MunicipalityCaseload("320"), new MunicipalityCaseload("320"));
        var position = 0L;
        for (var i = 0; i < lives.Max(life => life.Events.Count); i++)
        {
            foreach (var life in lives.Where(life => i < life.Events.Count))
            {
                Assert.True(live.Apply(life.Client, i + 1, ++position, life.Events[i].Happened, life.Events[i].On));
            }
        }
        foreach (var life in lives.Reverse())
        {
            for (var i = 0; i < life.Events.Count; i++)
            {
                Assert.True(again.Apply(life.Client, i + 1, ++position, life.Events[i].Happened, life.Events[i].On));
            }
            AssertSays(live.RowOf(life.Client)!.Value, Fold(ClientDecider.Initial, life.Events));
        }
        foreach (var day in new[] { "2018-03-01", "2018-09-01", Today })
        {
            Assert.Equal(Answers(live, Day(day)), Answers(again, Day(day)));
        }
    });

    /// <summary>What the row says of the client is what the client's state says.</summary>
    private static void AssertSays(CaseloadRow row, ClientState client)
    {
        Assert.Equal(
            client.Discussions.FirstOrDefault(asked => asked.AnsweredOn is null)?.RequestedOn.DayNumber ?? 0,
            row.DiscussionAskedOn);
        Assert.Equal(
            client.Referrals.Where(r => r is { IsFlagged: true, NotInvestigatedOn: null, AssessmentStartedOn: null })
                .Select(r => r.Received.ReferralId).Order(StringComparer.Ordinal),
            row.OwedStarts.Select(owed => owed.ReferralId).Order(StringComparer.Ordinal));
        Assert.Equal(client.Worker is not null, row.Worker >= 0);
        Assert.Equal(client.Worker is { OwnWorker: true }, row.OwnWorker);
        Assert.Equal(client.Closed is not null, row.Closed);
        Assert.Equal(MatterEnds.Of(client)?.DayNumber ?? 0, row.EndedOn);
        Assert.Equal(
            client.MergedInto is null && ClientDecider.TiesOf(client, At(Today)).IsInIntake,
            row.IsInIntake);
        Assert.Equal(client.Assessment?.Assessed.Duration ?? 0, row.Duration);
        Assert.True(client.Discussions.Count(asked => asked.AnsweredOn is null) <= 1);
        Assert.All(client.Referrals, referral => Assert.True(Enum.IsDefined(ReferralStages.Of(client, referral))));
        Assert.All(
            Deadlines.Of(client, MunicipalityDecider.Initial), deadline => Assert.True(deadline.DueOn > deadline.Since
                || deadline.Kind is DeadlineKind.Review));
    }

    private static string Answers(MunicipalityCaseload caseload, DateOnly day)
    {
        var lines = caseload.List(CaseloadFilter.All, day, new CaseloadSlice())
            .Select(entry => Wire.Write(entry with { Since = 0 }))
            .Concat(caseload.Worklists(new WorklistQuestion(day, null, 60) { Max = int.MaxValue }).SelectMany(list =>
                list.Items.Select(item => $"{list.Kind} {item.DueOn:O} {item.Entry.Client}")));
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private static List<(IEvent Happened, DateOnly On)> Live(RandomCommands random)
    {
        var client = GivenClient(On("2018-01-01", Register));
        var events = new List<(IEvent, DateOnly)> { (client.Latest.Events[0], Day("2018-01-01")) };
        for (var i = 0; i < Length; i++)
        {
            var command = random.Next(4) == 0 ? random.Command(random.Pick(Types)) : random.Pick(Likely);
            var day = random.Day();
            client.When(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), command);
            events.AddRange(client.Latest.Events.Select(happened => (happened, day)));
        }
        return events;
    }

    private static void Replays<TState, TDecider>(ICommand first, Type family)
        where TState : class
        where TDecider : IDecider<TState>
    {
        var types = family.Assembly.GetTypes().Where(type => type.IsSealed && type.IsAssignableTo(family)).ToArray();
        ForEachSeed(random =>
        {
            var grain = Given<TState>.By<TDecider>([On("2018-01-01", first)]);
            var snapshots = new List<string>();
            for (var i = 0; i < Length * 2; i++)
            {
                var day = random.Day();
                grain.When(
                    day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), random.Command(random.Pick(types)));
                snapshots.AddRange(Enumerable.Repeat(Wire.Write(grain.State), grain.Past.Count - 1 - snapshots.Count));
            }
            for (var k = 0; k < snapshots.Count; k++)
            {
                var restored = (TState)Wire.Read(snapshots[k], typeof(TState));
                var whole = grain.Past.Skip(k + 2).Aggregate(
                    restored, (state, entry) => TDecider.Evolve(state, entry.Happened!, entry.OccurredOn));
                Assert.Equal(Wire.Write(grain.State), Wire.Write(whole));
            }
        });
    }

    private static ClientState Fold(ClientState state, IEnumerable<(IEvent Happened, DateOnly On)> events) =>
        events.Aggregate(state, (client, e) => ClientDecider.Evolve(client, e.Happened, e.On));

    private static void ForEachSeed(Action<RandomCommands> check)
    {
        var only = Environment.GetEnvironmentVariable("OSST_SEED");
        foreach (var seed in only is null ? Enumerable.Range(1, Sequences) : [int.Parse(only)])
        {
            try
            {
                check(new RandomCommands(seed));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"OSST_SEED={seed}: {failure.Message}", failure);
            }
        }
    }
}
