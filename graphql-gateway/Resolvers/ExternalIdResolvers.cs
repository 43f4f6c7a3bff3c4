using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// Says whom an identifier of another system means among clients who are known already. It is a judgement about two
/// records, so it is the register's coordinator's, and it holds for that register alone.
/// </summary>
internal sealed class ExternalIdResolvers(Platform platform, GlobalIds ids)
{
    private const string Payload = "LinkExternalIdPayload";

    private readonly ImportKeys _keys = new(platform.Services.MasterKey);

    public void AddTo(ResolverMap map) => map
        .Root("Mutation", "linkExternalId", Link)
        .Object<CommandPayload>(Payload)
        .Plain<CommandPayload, ClientView?>(Payload, "client", payload => payload.View as ClientView);

    private async ValueTask<CommandPayload> Link(FieldCall call)
    {
        var (caller, input) = (call.Caller(), call.Arguments.Get<Arguments>("input"));
        if (caller is not { Role: Role.Coordinator })
        {
            throw CallerOf.Forbidden("linking identifiers");
        }
        var source = input.Get<string>("source");
        var clientId = ids.KeyOf(GrainKind.Client, input.Get<string>("clientId"));
        var externalId = TextForm.Of(input.Get<string>("externalId"));
        if (!GrainName.IsValidKey(source) || !GrainName.IsValidKey(clientId) || !ImportKeys.IsExternalId(externalId))
        {
            throw CaseloadResolvers.BadInput(
                !GrainName.IsValidKey(source) ? "source" : !GrainName.IsValidKey(clientId) ? "clientId" : "externalId",
                "Sources and clients have ids of 1-64 letters a-z, digits, '-' or '_', other systems' of 1 to 128.");
        }
        var grains = platform.Grains.Until(call.Cancelled);
        var client = await grains.Read<ClientState>(GrainName.Client(clientId), new ReadRequest(caller));
        if (client.StateOrFault("linking this client", "clientId") is not { } state)
        {
            return CommandResolvers.Refused(new NotFound(
                RejectionCodes.NotRegistered, "clientId", "This client has not been registered."));
        }
        var id = _keys.ExternalId(source, externalId, state.Municipality);
        if (await MeansAnother(grains, id, clientId, caller)
            || await MeansAnother(grains, _keys.ExternalId(source, externalId), clientId, caller))
        {
            return CommandResolvers.Refused(CommandResolvers.ErrorOf(ExternalIdDecider.Taken, "externalId"));
        }
        var reply = await grains.Execute(
            id, new LinkExternalId(clientId),
            new Envelope(input.GetOrDefault<Guid?>("commandId") ?? Guid.NewGuid(), caller));
        return CommandResolvers.PayloadOf(
            reply, new ClientView(clientId, client.Version, client.Position, state), "externalId");
    }

    /// <summary>Who was registered in this register by the identifier is meant by it, without a link.</summary>
    private async ValueTask<bool> MeansAnother(IGrainCalls grains, GrainName id, string clientId, Caller caller) =>
        _keys.ClientOf(id) is var registered && registered != clientId
        && await grains.Read<ClientState>(GrainName.Client(registered), new ReadRequest(caller))
            is { Result: ReadResult.Found };
}
