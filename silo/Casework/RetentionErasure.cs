using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Erases a client whose erasure was decided: first the duplicates that were merged into the client, then the
/// client, so that who goes on after a crash finds what is left. Each step is the same command in every attempt.
/// </summary>
internal sealed class RetentionErasure(GrainServices services, IGrainCalls grains, GrainName client)
{
    private readonly StepIds _ids = new(services.MasterKey);

    /// <summary>True while an erasure is decided and not carried out.</summary>
    public async ValueTask<bool> IsOpen() => IsOpenIn(await Past());

    /// <returns>False when nothing is decided, or all is done.</returns>
    public async ValueTask<bool> CarryOut()
    {
        var past = await Past();
        if (!IsOpenIn(past))
        {
            return false;
        }
        foreach (var absorbed in past.OfType<DuplicateAbsorbed>())
        {
            // One that was erased before for another reason stays so.
            Steps.DemandDone(await Erase(
                GrainName.Client(absorbed.DuplicateId), new CarryOutRetention(client.Key, ReasonIn(past))));
        }
        Steps.DemandDone(await Erase(client, new CarryOutRetention()));
        return true;
    }

    private static bool IsOpenIn(IEvent?[] past) =>
        past.Any(happened => happened is RetentionConfirmed or ErasureDecided)
        && !past.Any(happened => happened is ClientErased);

    private static ErasureReason ReasonIn(IEvent?[] past) =>
        past.OfType<ErasureDecided>().LastOrDefault()?.Reason ?? ErasureReason.RetentionEnded;

    /// <summary>What is coded says enough: no words are opened, so no line of the use log is owed.</summary>
    private async ValueTask<IEvent?[]> Past() =>
    [
        .. (await services.Store.Load(client, afterVersion: 0)).Events
            .Select(stored => EventCodec.PastCoded(stored).Happened),
    ];

    private ValueTask<CommandReply> Erase(GrainName whom, CarryOutRetention command) => grains.Execute(
        whom, command,
        new Envelope(
            _ids.Of($"retention/{client.Key}/{whom.Key}"),
            new Caller(Role.Coordinator, "retention", Reach.All, Purposes.ClientWork)));
}
