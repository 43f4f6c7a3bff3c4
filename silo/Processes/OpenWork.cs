using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Processes;

/// <summary>Finds the process grain of a grain, from any process of the cluster.</summary>
/// <param name="isOneFile">The whole store is one file, grain storage included.</param>
internal sealed class OpenWork(bool isOneFile) : IOpenWork
{
    /// <summary>The type of the grain that carries out a municipality's hand-overs and merges.</summary>
    public const string OfMunicipality = "municipality-work";

    /// <summary>The type of the grain that delivers to a receiver of events.</summary>
    public const string OfReceiver = "receiver-delivery";

    /// <summary>
    /// The type of the grain that erases a client, where that is confirmed, and takes away what is left outside the
    /// log.
    /// </summary>
    public const string OfClient = "erased-client";

    private IGrainFactory? _grains;

    /// <summary>Reaches grains through the host that was built.</summary>
    public void Attach(IServiceProvider services) => _grains = services.GetRequiredService<IGrainFactory>();

    /// <exception cref="StoreFault">It cannot be remembered at present.</exception>
    public async Task Expect(GrainName grain, bool inOneFile = true)
    {
        if (!inOneFile && isOneFile)
        {
            return;
        }
        try
        {
            await Find(grain).Expect();
        }
        catch (Exception fault)
        {
            throw new StoreFault(
                "What follows from this cannot be remembered now; ask again with the same command id.", fault)
            {
                IsPassing = true,
            };
        }
    }

    /// <summary>Wakes the process grain, and does not wait for it: a reminder does the same, later.</summary>
    public void Wake(GrainName grain)
    {
        try
        {
            Find(grain).Wake().Ignore();
        }
        catch (Exception)
        {
            // This process leaves the cluster, or has lost it for the moment.
        }
    }

    private IProcessGrain Find(GrainName grain) =>
        _grains!.GetGrain<IProcessGrain>(GrainId.Create(TypeOf(grain.Kind), grain.Key));

    private static string TypeOf(GrainKind kind) => kind switch
    {
        GrainKind.Municipality => OfMunicipality,
        GrainKind.Receiver => OfReceiver,
        GrainKind.Client => OfClient,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
