using OsstOrleans.Grains;

namespace OsstOrleans.Simulation;

/// <summary>
/// The data set together with a synthetic population, drawn from <see cref="PopulationAssumptions"/>. The same
/// arguments give the same steps, byte for byte. Each client is drawn from its own number alone: a larger population
/// with the same seed and period contains the smaller one, and clients can be drawn in any order, also in parallel.
/// </summary>
public sealed class Population
{
    /// <summary>
    /// Part of every client's key. Raised whenever the generator draws other lives from the same arguments, so that
    /// an older population in a store is left alone and never mixed up with a newer one.
    /// </summary>
    internal const int Generation = 4;

    /// <summary>Clients of one population at most.</summary>
    public const int MostClients = 5_000_000;

    private readonly string _drawnFrom;
    private readonly Scene _scene;

    /// <param name="seed">Decides every draw about clients.</param>
    /// <param name="clients">How many.</param>
    /// <param name="from">The first day on which a client can be referred.</param>
    /// <param name="to">The last day of anything but benefit months. No grain accepts what lies ahead.</param>
    /// <param name="dataSet">The experiment around the clients.</param>
    /// <param name="knownUntil">
    /// The last day on which benefit months arrive, a year after <paramref name="to"/> when null: give
    /// <paramref name="to"/> itself for a period that reaches the present.
    /// </param>
    /// <param name="assumed">Other numbers to draw from; their clients have the same keys.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside what can be drawn.</exception>
    public Population(
        ulong seed,
        int clients,
        DateOnly from,
        DateOnly to,
        OsstDataSet dataSet,
        DateOnly? knownUntil = null,
        PopulationAssumptions? assumed = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clients, MostClients);
        ArgumentOutOfRangeException.ThrowIfLessThan(from, Limits.EarliestDay.AddYears(1).AddMonths(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfLessThan(knownUntil ?? to, to);
        Clients = clients;
        _scene = new Scene(from, to, knownUntil ?? to.AddYears(1), dataSet, assumed ?? PopulationAssumptions.Default);
        _drawnFrom = $"{Generation}/{seed}/{from:O}/{to:O}/{_scene.KnownUntil:O}";
        Surroundings = Surround();
        Completions =
        [
            .. dataSet.File.Municipalities
                .SelectMany(entry => Coverage.StepsOf(entry.Code, _scene, $"{_drawnFrom}/{clients}"))
                .Select(step => new GrainSteps(step.Grain, [step])),
        ];
    }

    /// <summary>How many clients there are; their numbers are 0 up to this.</summary>
    public int Clients { get; }

    /// <summary>
    /// The programme, the municipalities with their staff, and the drop-in centres: the data set and what is simulated
    /// around it. It depends neither on the seed nor on the period, so that several populations can share it.
    /// </summary>
    public IReadOnlyList<GrainSteps> Surroundings { get; }

    /// <summary>
    /// What is said when all clients are there: which months of the register are complete. Said before, it would hold
    /// for no client.
    /// </summary>
    public IReadOnlyList<GrainSteps> Completions { get; }

    /// <summary>A population of the experiment's own period, 2018-2019.</summary>
    public static Population Of(ulong seed, int clients, OsstDataSet dataSet) =>
        new(seed, clients, dataSet.StartsOn, dataSet.EndsOn, dataSet);

    /// <summary>One client's whole life.</summary>
    /// <param name="number">0 up to <see cref="Clients"/>.</param>
    public GrainSteps Client(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Clients);
        return ClientLife.Of(KeyOf(number), number, _scene);
    }

    /// <summary>Every step: the surroundings first, then client by client, then what is complete.</summary>
    public IEnumerable<LoadStep> Steps() => Surroundings.Concat(Enumerable.Range(0, Clients).Select(Client))
        .Concat(Completions).SelectMany(grain => grain.Steps);

    private string KeyOf(int number) =>
        $"syn-{StableId.Hex($"client/{_drawnFrom}/{number}")}";

    private GrainSteps[] Surround()
    {
        var (dataSet, assumed) = (_scene.DataSet, _scene.Assumed);
        var steps = dataSet.Steps
            .Concat(dataSet.File.Municipalities.SelectMany(entry => Staff.StepsOf(entry.Code, dataSet, assumed)))
            .Concat(dataSet.File.Municipalities.SelectMany(
                entry => PanelStatistics.StepsOf(entry.Code, dataSet, assumed)))
            .Concat(_scene.Centres.SelectMany(centre => CentreLife.StepsOf(centre, dataSet, assumed)));
        return
        [
            .. steps
                .GroupBy(step => step.Grain)
                .Select(grain => new GrainSteps(grain.Key, [.. grain.OrderBy(step => step.OccurredOn)])),
        ];
    }
}
