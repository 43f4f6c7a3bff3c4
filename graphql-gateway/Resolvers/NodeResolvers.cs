using OsstOrleans.Grains;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Relay's <c>Node</c>: every grain has a global id, and can be read again by it.</summary>
internal sealed class NodeResolvers(
    GlobalIds ids, ClientResolvers clients, MunicipalityResolvers municipalities, CentreResolvers centres,
    ProgrammeResolvers programmes)
{
    private const int MaxNodes = 50;

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "node", call => Find(call, call.Arguments.Get<string>("id")))
        .Root("Query", "nodes", FindAll)
        .Plain<ClientView, string>("Client", "id", c => ids.Of(GrainName.Client(c.Id)))
        .Plain<ClientView, string>("Client", "clientId", c => c.Id)
        .Plain<MunicipalityView, string>("Municipality", "id", m => ids.Of(GrainName.Municipality(m.Code)))
        .Plain<CentreView, string>("DropInCentre", "id", c => ids.Of(GrainName.DropInCentre(c.Id)))
        .Plain<CentreView, string>("DropInCentre", "dropInCentreId", c => c.Id)
        .Plain<ProgrammeView, string>("Programme", "id", p => ids.Of(GrainName.Programme(p.Id)))
        .Plain<ProgrammeView, string>("Programme", "programmeId", p => p.Id);

    private async ValueTask<IReadOnlyList<object?>> FindAll(FieldCall call)
    {
        var asked = call.Arguments.GetList<string>("ids");
        return asked.Count <= MaxNodes
            ? await Task.WhenAll(asked.Select(id => FindOrFault(call, id)))
            : throw CaseloadResolvers.BadInput("ids", $"At most {MaxNodes} ids.");
    }

    /// <summary>What is not the caller's to read fails alone.</summary>
    private async Task<object?> FindOrFault(FieldCall call, string id)
    {
        try
        {
            return await Find(call, id);
        }
        catch (FieldFault fault)
        {
            return fault;
        }
    }

    private async ValueTask<object?> Find(FieldCall call, string id) => ids.GrainOf(id) switch
    {
        { Kind: GrainKind.Client, Key: var key } => await clients.Find(call, key),
        { Kind: GrainKind.Municipality, Key: var key } => municipalities.Find(key),
        { Kind: GrainKind.DropInCentre, Key: var key } => await centres.Find(call, key),
        { Kind: GrainKind.Programme, Key: var key } => await programmes.Find(call, key),
        // Neither is a node: an identifier's link is not shown, and a receiver is read by its own query.
        { Kind: GrainKind.ExternalId or GrainKind.Receiver } or null => null,
        { Kind: var kind } => throw new InvalidOperationException($"Nothing says how a {kind} is found by its id."),
    };
}
