using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Processes;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Carries out a municipality's hand-overs and merges; the key is its code. What is open is read from the
/// municipality's own state, which the steps' last command changes. Two activations may both work: every step is the
/// same command in both.
/// </summary>
[KeepAlive] // Its work is no turn, so it would look idle, and be let go in the middle where memory is short.
[GrainType(OpenWork.OfMunicipality)]
internal sealed partial class MunicipalityWork : ProcessGrain, IAsyncDisposable
{
    private readonly GrainServices _services;
    private readonly IGrainCalls _grains;
    private readonly ILogger<MunicipalityWork> _log;
    private readonly string _code;
    private readonly Follower _follower;
    private readonly CancellationTokenRegistration _stopping;

    public MunicipalityWork(
        GrainServices services, IGrainCalls grains, IHostApplicationLifetime process, ILogger<MunicipalityWork> log)
    {
        (_services, _grains, _log, _code) = (services, grains, log, GrainContext.GrainId.Key.ToString()!);
        _follower = new Follower(CarryOut, services.Time, fault => Interrupted(fault.GetType().Name));
        // A step that is begun needs other grains of this silo, so none is begun once the silo is to stop.
        _stopping = process.ApplicationStopping.Register(_follower.Stop);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _follower.Start();
        return Task.CompletedTask;
    }

    /// <summary>Orleans does it when it lets go of the activation.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.DisposeAsync();
        await _follower.DisposeAsync();
    }

    protected override async ValueTask<bool> HasWork() => (await Read()).State?.HasOpenWork() is true;

    protected override void Look() => _follower.Wake();

    private async Task CarryOut(CancellationToken stopped)
    {
        var municipality = await Read();
        if (municipality.State?.OpenWork() is not var (handOvers, merges))
        {
            return;
        }
        foreach (var merge in merges)
        {
            stopped.ThrowIfCancellationRequested();
            await new Merges(_grains, _code).CarryOut(merge);
        }
        if (handOvers.Count == 0)
        {
            return;
        }
        var caseload = new CaseloadReplay(_services.Store, _code);
        await caseload.ReadAll(municipality.Position, stopped);
        foreach (var handOver in handOvers)
        {
            await new HandOvers(_grains, _code).CarryOut(handOver, caseload, stopped);
        }
    }

    private ValueTask<ReadReply<MunicipalityState>> Read() => _grains.Read<MunicipalityState>(
        GrainName.Municipality(_code),
        new ReadRequest(new Caller(Role.Coordinator, "municipality-work", _code, "what is open")));

    [LoggerMessage(LogLevel.Warning, "What a municipality decided waits, and is tried again: {Fault}.")]
    private partial void Interrupted(string fault);
}
