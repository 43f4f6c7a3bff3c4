using OsstOrleans.Grains;
using OsstOrleans.Grains.ExternalId;

namespace OsstOrleans.Silo.Import;

/// <summary>Whom identifiers of another system mean.</summary>
/// <param name="grains">Where links live.</param>
/// <param name="keys">What derives names.</param>
/// <param name="caller">In whose registers an identifier is looked up.</param>
/// <param name="source">The system that gave the identifiers.</param>
public sealed class ExternalIds(IGrainCalls grains, ImportKeys keys, Caller caller, string source)
{
    /// <summary>
    /// Whom an identifier may mean, in the order to ask; the first one is who is registered by it. A sender for some
    /// municipalities has identifiers of its own in each, so that it can claim none that another register will use, and
    /// knows those clients of its registers whom a sender for all has registered. Whether there are such clients, and
    /// in whose register, it does not say.
    /// </summary>
    /// <param name="externalId">The identifier.</param>
    /// <param name="register">The register that is meant; null for any of the caller's.</param>
    public async ValueTask<GrainName[]> MeantBy(string externalId, string? register)
    {
        var everywhere = keys.ExternalId(source, externalId);
        GrainName[] ids = caller.Reach.IsAll
            ? [everywhere, .. register is null ? [] : Own([register])]
            : [.. Own(register is null ? caller.Reach.Municipalities : [register]), everywhere];
        var clients = new GrainName[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            clients[i] = GrainName.Client(await LinkOf(ids[i], everywhere) ?? keys.ClientOf(ids[i]));
        }
        return clients;

        IEnumerable<GrainName> Own(IEnumerable<string> registers) =>
            registers.Select(code => keys.ExternalId(source, externalId, code));
    }

    /// <summary>
    /// Earlier versions let any sender link an identifier for all registers to a client of its own. Such a link holds
    /// for senders of that client's register alone: one for all would follow it into a register that claimed it.
    /// </summary>
    private async ValueTask<string?> LinkOf(GrainName id, GrainName everywhere) =>
        id == everywhere && caller.Reach.IsAll
            ? null
            : (await grains.Read<ExternalIdState>(id, new ReadRequest(caller))).State?.ClientId;
}
