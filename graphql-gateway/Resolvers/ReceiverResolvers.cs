using OsstOrleans.Gateway.Webhooks;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>A receiver as an answer shows it; with its secret only where it was just made.</summary>
internal sealed record ReceiverView(string ReceiverId, ReceiverState State, string? Secret = null);

/// <summary>How many dead letters were asked for.</summary>
internal sealed record ResendView(int Asked);

/// <summary>Receivers of events: who they are, how their deliveries go, and what to do when they do not.</summary>
internal sealed class ReceiverResolvers(Platform platform, PageSizes sizes)
{
    private const int MostResent = 100;

    private readonly DeliveryPlaces _places = new((IDeliveryStore)platform.Store);
    private readonly WebhookSecrets _secrets = new(platform.Services.MasterKey);

    public void AddTo(ResolverMap map) => map
        .Root("Query", "receiver", call => Find(call, call.Arguments.Get<string>("id")))
        .Root("Query", "receivers", List)
        .Root("Mutation", "replayDeliveries", Replay)
        .Root("Mutation", "resendDeadLetters", Resend)
        .Object<ReceiverView>("Receiver")
        .Plain<ReceiverView, string>("Receiver", "name", r => r.State.Registered!.Name)
        .Plain<ReceiverView, string>("Receiver", "purpose", r => r.State.Registered!.Purpose)
        .Plain<ReceiverView, string>("Receiver", "legalBasis", r => r.State.Registered!.LegalBasis)
        .Plain<ReceiverView, string?>("Receiver", "municipality", r => r.State.Registered!.Municipality)
        .Plain<ReceiverView, string?>("Receiver", "subject", r => r.State.Registered!.Subject)
        .Plain<ReceiverView, bool>("Receiver", "personalData", r => r.State.Registered!.PersonalData)
        .Plain<ReceiverView, bool>("Receiver", "personEvents", r => r.State.Registered!.MayGetPersonEvents())
        .Plain<ReceiverView, bool>("Receiver", "byPermission", r => r.State.Registered!.ByPermission)
        .Plain<ReceiverView, IReadOnlyList<string>>("Receiver", "eventTypes", r => r.State.Registered!.EventTypes)
        .Plain<ReceiverView, string?>("Receiver", "registeredBy", r => r.State.Registered!.RegisteredBy)
        .Plain<ReceiverView, bool>("Receiver", "needsReview", NeedsReview)
        .Plain<ReceiverView, string?>("Receiver", "endpoint", r => r.State.Endpoint)
        .Plain<ReceiverView, bool>("Receiver", "paused", r => r.State.Paused)
        .Plain<ReceiverView, bool>("Receiver", "closed", r => r.State.Closed)
        .Plain<ReceiverView, int>("Receiver", "secretNumber", r => r.State.SecretNumber)
        .Batch<ReceiverView, DeliveryPlace?>("Receiver", "delivery", Places)
        .Batch<ReceiverView, IReadOnlyList<DeadLetter>>("Receiver", "deadLetters", Letters)
        .Object<DeliveryPlace>("DeliveryPlace")
        .Object<DeadLetter>("DeadLetter")
        .Object<ReceiverView>("ReplayDeliveriesPayload")
        .Plain<ReceiverView, ReceiverView>("ReplayDeliveriesPayload", "receiver", r => r)
        .Object<ResendView>("ResendDeadLettersPayload");

    /// <summary>The state after a command, with the secret that the command made.</summary>
    public ReceiverView ViewOf(string key, ReceiverState state, ICommand command, Role role) => new(
        key, state, command is RegisterReceiver or RotateReceiverSecret && MayDirect(state, role)
            ? _secrets.Shown(key, state.SecretNumber)
            : null);

    /// <summary>
    /// Who let events of persons go there coordinates the register no more, or is not known: another one has to answer
    /// for it.
    /// </summary>
    private bool NeedsReview(ReceiverView view) =>
        view.State is { Closed: false, Registered: { Municipality: { } code } registered }
        && registered.MayGetPersonEvents()
        && platform.Caseloads.MunicipalityOf(platform.Services.RegisterOf(code)) is { KeepsRights: true } municipality
        && (registered.RegisteredBy is not { } actor || !Rights.Hold(
            municipality, Actors.Of(actor).Subject, Role.Coordinator, platform.Services.Clock().Today));

    private static bool MayDirect(ReceiverState state, Role role) =>
        !ReceiverDecider.SendsPersonalData(state) || AccessPolicy.MaySendPersonalData(role);

    private async ValueTask<IReadOnlyList<ReceiverView>> List(FieldCall call)
    {
        var caller = call.Caller();
        if (!AccessPolicy.MayManageReceivers(caller.Role))
        {
            throw CallerOf.Forbidden("reading receivers");
        }
        var (grains, receivers) = (platform.Grains.Until(call.Cancelled), new List<ReceiverView>());
        foreach (var key in platform.KnownGrains.Receivers)
        {
            var reply = await grains.Read<ReceiverState>(GrainName.Receiver(key), new ReadRequest(caller));
            if (reply.Result == ReadResult.Found)
            {
                receivers.Add(new ReceiverView(key, reply.State!));
            }
        }
        return receivers;
    }

    private async ValueTask<ReceiverView?> Find(FieldCall call, string key)
    {
        var caller = call.Caller();
        if (!AccessPolicy.MayManageReceivers(caller.Role))
        {
            throw CallerOf.Forbidden("reading receivers");
        }
        return GrainName.IsValidKey(key)
            && (await platform.Grains.Until(call.Cancelled).Read<ReceiverState>(
                GrainName.Receiver(key), new ReadRequest(caller)))
                .StateOrFault<ReceiverState>("reading this receiver") is { } state
            ? new ReceiverView(key, state)
            : null;
    }

    private async ValueTask<ReceiverView> Replay(FieldCall call)
    {
        var input = call.Arguments.Get<Arguments>("input");
        var receiver = await Asked(call, input);
        if (input.Get<long>("after") is var after && (after < 0 || after > platform.Store.LastPosition))
        {
            throw CaseloadResolvers.BadInput("after", "A position is from zero to the end of the log.");
        }
        await _places.AskReplay(receiver.ReceiverId, after);
        return receiver;
    }

    private async ValueTask<ResendView> Resend(FieldCall call)
    {
        var input = call.Arguments.Get<Arguments>("input");
        var receiver = await Asked(call, input);
        var positions = input.GetList<long>("positions");
        return positions.Count <= MostResent
            ? new ResendView(await _places.AskResend(receiver.ReceiverId, positions))
            : throw CaseloadResolvers.BadInput("positions", $"At most {MostResent} dead letters at once.");
    }

    private async ValueTask<ReceiverView> Asked(FieldCall call, Arguments input)
    {
        var receiver = await Find(call, input.Get<string>("receiverId"))
            ?? throw new FieldFault(ErrorCodes.NotFound, "There is no such receiver.");
        return MayDirect(receiver.State, call.Caller().Role)
            ? receiver
            : throw CallerOf.Forbidden("sending people's data again");
    }

    private async ValueTask<IReadOnlyList<DeliveryPlace?>> Places(
        IReadOnlyList<ReceiverView> receivers, FieldCall call)
    {
        var places = new DeliveryPlace?[receivers.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = await _places.Find(receivers[i].ReceiverId);
        }
        return places;
    }

    private async ValueTask<IReadOnlyList<IReadOnlyList<DeadLetter>>> Letters(
        IReadOnlyList<ReceiverView> receivers, FieldCall call)
    {
        var (after, first) = (call.Arguments.GetOrDefault<long>("after"), sizes.Of(call, "first"));
        var letters = new IReadOnlyList<DeadLetter>[receivers.Count];
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = await _places.DeadLetters(receivers[i].ReceiverId, after, first);
        }
        return letters;
    }
}
