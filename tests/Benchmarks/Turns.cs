namespace OsstOrleans.Benchmarks;

/// <summary>One of those that are compared.</summary>
/// <param name="Name">How the table calls it.</param>
/// <param name="Load">Loads it for some seconds; answers each second.</param>
internal sealed record Contender(string Name, Func<int, Task<double>> Load);

/// <summary>
/// Contenders take turns, so that a machine whose speed drifts is the same for all; who has no turn is idle.
/// </summary>
/// <param name="Rounds">Turns of each.</param>
/// <param name="Seconds">How long a turn lasts.</param>
/// <param name="WarmUpSeconds">Load before anything counts.</param>
internal sealed record Turns(int Rounds, int Seconds, int WarmUpSeconds)
{
    /// <summary>Adds a row "name: kind" for each to the table.</summary>
    public async Task Measure(FigureTable table, string kind, string unit, params IReadOnlyList<Contender> contenders)
    {
        foreach (var contender in contenders)
        {
            await contender.Load(WarmUpSeconds);
        }
        var runs = contenders.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (contender, taken) in contenders.Zip(runs))
            {
                taken.Add(await contender.Load(Seconds));
            }
        }
        foreach (var (contender, taken) in contenders.Zip(runs))
        {
            table.Add(new Figure($"{contender.Name}: {kind}", unit, taken));
        }
    }
}
