using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Simulation;

namespace OsstOrleans.Silo.Tests.Simulation;

public sealed class LoaderTests : IAsyncLifetime
{
    private const int Window = 16;
    private const int Clients = 120;

    private static readonly OsstDataSet DataSet = OsstDataSet.Embedded();
    private static readonly Population Some = Population.Of(11, Clients, DataSet);

    private readonly string _folder = Directory.CreateTempSubdirectory("osst-loader-").FullName;
    private readonly List<double> _reports = [];
    private Platform _silo = null!;

    public Task InitializeAsync() => Open();

    public async Task DisposeAsync()
    {
        await Close();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_load_stores_every_step_once_and_tells_its_progress()
    {
        var result = await Load(_silo.Grains, Some);
        Assert.Empty(result.FirstRejections);
        Assert.Equal((Some.Steps().Count(), 0), (result.Sent, result.Rejected));
        Assert.Equal(Wanted(Some), await Stored());
        Assert.Equal(_reports.Order(), _reports);
        Assert.Equal(1, _reports[^1]);
    }

    [Fact]
    public async Task A_second_load_sends_nothing_and_asks_few_grains()
    {
        await Load(_silo.Grains, Some);
        await Close();
        await Open();
        var counting = new Interrupted(_silo.Grains, callsUntilFault: int.MaxValue);
        var result = await Load(counting, Some);
        Assert.Equal((0, 0), (result.Sent, result.Rejected));
        const int Halvings = 8;
        Assert.InRange(counting.Calls, 1, Some.Surroundings.Count + Some.Completions.Count + Window + Halvings);
        Assert.Equal(Wanted(Some), await Stored());
    }

    [Fact]
    public async Task A_load_cut_off_again_and_again_ends_like_one_in_one_go()
    {
        var cuts = 0;
        for (var calls = 3_000; ; calls += 100)
        {
            try
            {
                var result = await Load(new Interrupted(_silo.Grains, calls), Some);
                Assert.Equal(0, result.Rejected);
                break;
            }
            catch (StoreFault)
            {
                cuts++;
                await Close();
                await Open();
            }
        }
        Assert.InRange(cuts, 2, 100);
        Assert.Equal(Wanted(Some), await Stored());
    }

    [Fact]
    public async Task A_load_of_a_larger_population_adds_only_what_is_missing()
    {
        var larger = Population.Of(11, Clients + 30, DataSet);
        await Load(_silo.Grains, Some);
        var result = await Load(_silo.Grains, larger);
        // What is complete is said anew, for those who came since.
        Assert.Equal(larger.Steps().Count() - Some.Steps().Count() + larger.Completions.Count, result.Sent);
        Assert.Equal(Wanted(Some, larger), await Stored());
    }

    [Fact]
    public async Task A_stopped_load_goes_on_later()
    {
        using var stop = new CancellationTokenSource();
        var stopping = new Reports(done =>
        {
            if (done > 0.5)
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Loader(_silo.Grains, Window).Load(Some, stopping, stop.Token));
        Assert.NotEqual(Wanted(Some), await Stored());
        await Load(_silo.Grains, Some);
        Assert.Equal(Wanted(Some), await Stored());
    }

    [Fact]
    public async Task The_actor_of_an_event_tells_how_far_it_can_be_trusted()
    {
        await new Loader(_silo.Grains).Load(DataSet);
        var actors = (await _silo.Store.ReadFeed(0, 1_000)).Select(stored => stored.Actor.Split('/')[1]).ToHashSet();
        Assert.Equal(["placeholder-loader", "published-data-loader", "synthetic-loader"], actors.Order());
    }

    private Task<LoadResult> Load(IGrainCalls engine, Population population) =>
        new Loader(engine, Window).Load(population, new Reports(_reports.Add));

    private async Task Open() => _silo = await Platform.Open(new StoreAddress(_folder), TimeProvider.System);

    private async Task Close() => await _silo.DisposeAsync();

    /// <summary>One line for each event: every step makes one, but a client's move may end a consent, too.</summary>
    private static List<string> Wanted(params Population[] populations) =>
    [
        .. populations.SelectMany(population => population.Steps()).DistinctBy(step => step.CommandId)
            .GroupBy(step => step.Grain)
            .SelectMany(grain => DaysOf(new GrainSteps(grain.Key, [.. grain]))
                .Select((on, i) => $"{grain.Key} {i + 1} {on:O}"))
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<DateOnly> DaysOf(GrainSteps grain) => grain.Grain.Kind is GrainKind.Client
        ? Replay.Events(grain).Where(it => it.Happened is not IConsentEvent).Select(it => it.On)
        : grain.Steps.Select(step => step.OccurredOn);

    private async Task<List<string>> Stored()
    {
        var lines = new List<string>();
        long position = 0;
        while (await _silo.Store.ReadFeed(position, 1_000) is { Count: > 0 } page)
        {
            lines.AddRange(page.Select(stored => $"{stored.Grain} {stored.Version} {stored.OccurredOn:O}"));
            position = page[^1].Position;
        }
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>An engine whose process ends after some calls: what was asked before is stored, the rest never arrives.
    /// </summary>
    private sealed class Interrupted(IGrainCalls engine, int callsUntilFault) : IGrainCalls
    {
        private int _calls;

        public int Calls => _calls;

        public ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope) =>
            Interlocked.Increment(ref _calls) > callsUntilFault
                ? throw new StoreFault("Cut off.")
                : engine.Execute(grain, command, envelope);

        public ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
            where TState : class => engine.Read<TState>(grain, request);
    }

    private sealed class Reports(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
