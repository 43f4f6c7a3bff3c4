using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Tests.Cluster;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Feeds;

public sealed class FeedPumpTests : SiloPlace
{
    [Fact]
    public async Task A_reader_who_waits_for_its_own_write_sees_it()
    {
        await Send(GrainName.Municipality(Tampere), new RegisterMunicipality("Tampere"));
        for (var i = 1; i <= 50; i++)
        {
            await Send(GrainName.Client($"c-{i}"), Register);
            Assert.Equal(i, CountIn(Tampere));
        }
        Assert.Equal(Silo.Store.LastPosition, Silo.Caseloads.Clock.Now.Position);
    }

    [Fact]
    public async Task A_move_takes_the_client_from_one_caseload_to_the_other()
    {
        await Send(GrainName.Municipality(Tampere), new RegisterMunicipality("Tampere"));
        await Send(Maija, Register);
        await Send(Maija, Letter);
        await Send(Maija, new MoveToMunicipality(Raisio));
        Assert.Equal((0, 1), (CountIn(Tampere), CountIn(Raisio)));
        await Send(Maija, new AssignWorker("w", false));
        Assert.Equal(4, Silo.Caseloads.Ask(Raisio, caseload => caseload.VersionOf("maija")));
        await Send(Maija, new MoveToMunicipality(Tampere));
        Assert.Equal((1, 0), (CountIn(Tampere), CountIn(Raisio)));
        Assert.Equal(1984, Silo.Caseloads.Ask(Tampere, caseload => caseload.RowOf("maija"))!.Value.BirthYear);
        Assert.Equal([Raisio, Tampere], Silo.Caseloads.Codes);
    }

    [Fact]
    public async Task A_client_counts_in_the_sum_of_all_also_where_the_municipality_was_never_registered()
    {
        await Send(Maija, Register);
        Assert.Equal([Tampere], Silo.Caseloads.Codes);
        await Restart();
        Assert.Equal([Tampere], Silo.Caseloads.Codes);
    }

    [Theory]
    [InlineData("123", RejectionCodes.UnknownCode)]
    [InlineData("kunta", RejectionCodes.MunicipalityCodeInvalid)]
    public async Task A_municipality_that_is_none_is_not_registered(string key, string refusal)
    {
        var reply = await Silo.Grains.Execute(
            GrainName.Municipality(key), Ask(new RegisterMunicipality("Kunta"), In(Role.Operator, null)));
        Assert.Equal((refusal, "id"), (reply.Rejection?.Code, reply.Rejection?.Field));
        Assert.Empty((await Silo.Store.Load(GrainName.Municipality(key), afterVersion: 0)).Events);
    }

    [Fact]
    public async Task A_store_that_fails_in_the_middle_of_a_page_repeats_nothing_of_it_and_counts_nothing_by_halves()
    {
        await Send(Maija, Register);
        await Send(Maija, Letter);
        await Send(Maija, new MoveToMunicipality(Raisio));
        await Send(GrainName.Client("next"), Register);
        var store = new GatedStore(Silo.Store)
        {
            NextLoadFault = new StoreFault("The server is away.") { IsPassing = true },
        };
        var caseloads = new Caseloads(store);
        await using var pump = new FeedPump(store, caseloads);
        await Assert.ThrowsAsync<StoreFault>(pump.CatchUp);
        await pump.CatchUp();
        Assert.Equal(3, caseloads.Ask(Raisio, caseload => caseload.VersionOf(Maija.Key)));
        Assert.Null(caseloads.Ask(Tampere, caseload => caseload.VersionOf(Maija.Key)));
        Assert.Equal(1, caseloads.Ask(Tampere, caseload => caseload.VersionOf("next")));
    }

    [Fact]
    public async Task The_directory_knows_centres_and_programmes_also_after_a_restart()
    {
        await Send(GrainName.DropInCentre("tupa-2"), Tupa);
        await Send(GrainName.DropInCentre("tupa-1"), Tupa);
        await Restart();
        Assert.Equal(["tupa-1", "tupa-2"], Silo.KnownGrains.CentresIn(Raisio));
        Assert.Empty(Silo.KnownGrains.CentresIn(Tampere));
        Assert.Empty(Silo.KnownGrains.Programmes);
    }

    [Fact]
    public async Task A_projection_that_fails_is_reported_and_the_log_goes_on()
    {
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pump = new FeedPump(Silo.Store, new Failing(failed));
        Assert.Null(pump.Fault);
        pump.Start();
        await Send(Maija, Register);
        await failed.Task.Patiently();
        await pump.DisposeAsync();
        Assert.Equal("no more", pump.Fault!.Message);
        Assert.Equal(2, (await Send(Maija, Letter)).Version);
        Assert.Null(Silo.Projections.Fault);
    }

    [Fact]
    public async Task Every_projection_takes_every_event_once_and_in_order()
    {
        var seen = new Seeing();
        var pump = new FeedPump(Silo.Store, seen);
        pump.Start();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Send(GrainName.Client($"c-{n}"), Register)));
        await pump.DisposeAsync();
        await pump.CatchUp();
        Assert.Equal(Enumerable.Range(1, 200).Select(p => (long)p), seen.Positions);
    }

    [Fact]
    public async Task A_log_that_cannot_be_followed_refuses_the_start_in_a_sentence()
    {
        await Send(Maija, Register);
        await Send(Maija, Letter);
        await Send(Maija, Letter);
        await Silo.DisposeAsync();
        Tamper("DELETE FROM events WHERE version = 2");
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(() => Platform.Open(Address, Time));
        Assert.Contains("client/maija: versions before 3 are missing", refusal.Message);
    }

    private static readonly RegisterDropInCentre Tupa = new(Raisio, "Tupa") { OpeningDays = [Weekday.Monday] };

    private int CountIn(string code) => Silo.Caseloads.Ask(
        code, caseload => caseload.CountListed(CaseloadFilter.All, Day));

    private sealed class Failing(TaskCompletionSource failed) : IFeedReader
    {
        public ValueTask Apply(in StoredEvent stored, IEvent? happened)
        {
            failed.SetResult();
            throw new InvalidOperationException("no more");
        }

        public void CaughtUpTo(long position, DateTimeOffset recordedAt)
        {
        }
    }

    private sealed class Seeing : IFeedReader
    {
        public List<long> Positions { get; } = [];

        public ValueTask Apply(in StoredEvent stored, IEvent? happened)
        {
            Positions.Add(stored.Position);
            return ValueTask.CompletedTask;
        }

        public void CaughtUpTo(long position, DateTimeOffset recordedAt) => Assert.Equal(Positions[^1], position);
    }
}
