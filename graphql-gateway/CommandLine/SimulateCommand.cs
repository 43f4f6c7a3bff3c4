using OsstOrleans.Silo;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Simulation;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst simulate</c>: loads a synthetic population while no server runs on the store.</summary>
internal static class SimulateCommand
{
    public static async Task<int> Run(
        StoreAddress store, int clients, ulong seed, DateOnly? from, DateOnly? to, double exitEffect,
        CancellationToken stop)
    {
        await using var platform = await Platform.OpenAlone(store, TimeProvider.System);
        var result = await Population(platform, clients, seed, from, to, quiet: false, stop, exitEffect);
        await Console.Out.WriteLineAsync(
            $"{clients} synthetic clients of seed {seed} in {store}: {result.Sent} commands sent.");
        return result.Rejected == 0 ? 0 : 1;
    }

    /// <summary>Loads a population with a progress bar.</summary>
    public static async Task<LoadResult> Population(
        Platform platform, int clients, ulong seed, DateOnly? from, DateOnly? to, bool quiet, CancellationToken stop,
        double exitEffect = 0)
    {
        var assumed = PopulationAssumptions.Default;
        assumed = assumed with { Benefits = assumed.Benefits with { ExitEffect = exitEffect } };
        var population = Draw(clients, seed, from, to, platform.Services.Clock().Today, assumed);
        var loader = new Loader(platform.Grains);
        return quiet
            ? await loader.Load(population, null, stop)
            : await ProgressBar.Show(
                $"Loading OSST 2018-2019 and {clients} synthetic clients",
                progress => loader.Load(population, progress, stop));
    }

    private static Population Draw(
        int clients, ulong seed, DateOnly? from, DateOnly? to, DateOnly today, PopulationAssumptions assumed)
    {
        var dataSet = OsstDataSet.Embedded();
        var last = to ?? dataSet.EndsOn;
        if (last > today)
        {
            throw new StoreRefusal("--to lies after today; nothing can have happened then.");
        }
        try
        {
            // Benefit months go on for a year after the period, as far as the register can be known today.
            return new Population(
                seed, clients, from ?? dataSet.StartsOn, last, dataSet, last.AddYears(1) > today ? last : null,
                assumed);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new StoreRefusal($"--{fault.ParamName} is outside what can be simulated.");
        }
    }
}
