using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Processes;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Carries out a municipality's hand-overs and merges; the key is its code. Two activations may both work: every step
/// is the same command in both.
/// </summary>
[KeepAlive] // Its work is no turn, so it would look idle, and be let go in the middle where memory is short.
[GrainType(OpenWork.OfMunicipality)]
internal sealed partial class MunicipalityWork : ProcessGrain, IAsyncDisposable
{
    private readonly ILogger<MunicipalityWork> _log;
    private readonly DecidedWork _work;
    private readonly Follower _follower;
    private readonly CancellationTokenRegistration _stopping;

    public MunicipalityWork(
        GrainServices services, IGrainCalls grains, IHostApplicationLifetime process, ILogger<MunicipalityWork> log)
    {
        _log = log;
        _work = new DecidedWork(services, grains, GrainContext.GrainId.Key.ToString()!);
        _follower = new Follower(_work.CarryOut, services.Time, fault => Interrupted(fault.GetType().Name));
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

    protected override ValueTask<bool> HasWork() => _work.IsOpen();

    protected override void Look() => _follower.Wake();

    [LoggerMessage(LogLevel.Warning, "What a municipality decided waits, and is tried again: {Fault}.")]
    private partial void Interrupted(string fault);
}
