using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Receiver;

/// <summary>The rules of a receiver.</summary>
public sealed class ReceiverDecider : IDecider<ReceiverState>
{
    private const int EndpointLength = 2_000;

    private ReceiverDecider()
    {
    }

    public static ReceiverState Initial { get; } = new();

    public static bool SendsPersonalData(ReceiverState state) => state.Registered?.MayGetPersonEvents() is true;

    public static string MunicipalityOf(string key, ReceiverState state) => state.Registered?.Municipality ?? "";

    /// <summary>
    /// Why a registration is a coordinator's to send: it asks for events that tell of persons. Null when it asks for
    /// none.
    /// </summary>
    public static Rejection? TellsOfPersons(RegisterReceiver command)
    {
        var (names, field) = (command.EventTypes, "eventTypes");
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] is { } name && EventCatalogue.TypeOf(name) is not null && EventCatalogue.TellsOfPersons(name))
            {
                return NotAllowed($"{field}[{i}]", "This event tells of persons");
            }
        }
        return names.Count == 0 ? NotAllowed(field, "All events are meant, and some tell of persons") : null;
    }

    public static Decision Decide(ReceiverState state, ICommand command, Moment moment) =>
        command is not IReceiverCommand asked ? Refuse.NotKnown("receiver")
        : Gate(state, asked, moment) is { } refused ? refused
        : asked switch
        {
            RegisterReceiver it => Register(state, it, moment),
            ChangeReceiverEndpoint it => Change(state, it),
            RotateReceiverSecret => Decision.Happened(new ReceiverSecretRotated(state.SecretNumber + 1)),
            PauseReceiver => state.Paused ? Decision.Nothing : Decision.Happened(new ReceiverPaused()),
            ResumeReceiver => state.Paused ? Decision.Happened(new ReceiverResumed()) : Decision.Nothing,
            CloseReceiver => state.Closed ? Decision.Nothing : Decision.Happened(new ReceiverClosed()),
            _ => Refuse.NotKnown("receiver"),
        };

    public static ReceiverState Evolve(ReceiverState state, IEvent happened, DateOnly occurredOn) => happened switch
    {
        ReceiverRegistered it => state with { Registered = it, Endpoint = it.Endpoint },
        ReceiverEndpointChanged it => state with { Endpoint = it.Endpoint },
        ReceiverSecretRotated it => state with { SecretNumber = it.Number },
        ReceiverPaused => state with { Paused = true },
        ReceiverResumed => state with { Paused = false },
        ReceiverClosed => state with { Closed = true },
        _ => state,
    };

    private static Rejection? Gate(ReceiverState receiver, IReceiverCommand command, Moment moment) =>
        Require.Past(moment.OccurredOn, moment, "occurredOn")
        ?? command switch
        {
            RegisterReceiver => null,
            _ when receiver.Registered is null => Refuse.NotRegistered("receiver"),
            CloseReceiver => null,
            _ when receiver.Closed => Refuse.Step(ReceiverIsClosed, "id", "This receiver was closed; register anew."),
            _ => null,
        };

    private static Rejection NotAllowed(string field, string why) => Refuse.Field(
        PersonEventsNotAllowed, field, $"{why}: a coordinator of the register registers their receiver.");

    private static Decision Register(ReceiverState receiver, RegisterReceiver command, Moment moment)
    {
        var registered = new ReceiverRegistered(
            command.Name, command.Purpose, command.LegalBasis, command.Municipality, command.Endpoint, command.Subject,
            command.PersonalData)
        {
            EventTypes = command.EventTypes,
            PersonEvents = TellsOfPersons(command) is not null,
            ByPermission = command.ByPermission,
            RegisteredBy = moment.Actor.Length == 0 ? null : moment.Actor,
        };
        if (receiver.Registered is { } known)
        {
            return Again(known, registered, receiver.Closed);
        }
        var refused = Require.Name(command.Name, "name")
            ?? Require.Name(command.Purpose, "purpose")
            ?? Require.Name(command.LegalBasis, "legalBasis")
            ?? (command.Municipality is { } code ? MunicipalityCodes.CheckRegister(code, moment, "municipality") : null)
            ?? Reachable(command)
            ?? Require.Each(command.EventTypes, "eventTypes", KnownEvent)
            ?? Require.Distinct(command.EventTypes, name => name, "eventTypes")
            ?? (registered is { Municipality: null }
                and ({ PersonalData: true } or { PersonEvents: true } or { ByPermission: true })
                ? Refuse.Field(
                    FieldRequired, "municipality", "What tells of persons leaves one register only; name it.")
                : null);
        return refused is not null ? refused : Decision.Happened(registered);
    }

    /// <summary>
    /// The same again changes nothing. But a registration of a time that did not ask who sent it lets no event out that
    /// is about persons; a coordinator who sends it again allows them, and answers for it from then on.
    /// </summary>
    private static Decision Again(ReceiverRegistered known, ReceiverRegistered registered, bool isClosed)
    {
        var isSame = known with
        {
            EventTypes = registered.EventTypes,
            PersonEvents = registered.PersonEvents,
            RegisteredBy = registered.RegisteredBy,
        } == registered && known.EventTypes.SequenceEqual(registered.EventTypes);
        return !isSame
            ? Refuse.Step(AlreadyRegistered, "id", "This receiver has been registered with other content.")
            : !registered.MayGetPersonEvents() || isClosed
                || (known.MayGetPersonEvents() && known.RegisteredBy == registered.RegisteredBy)
                ? Decision.Nothing
            : Decision.Happened(registered);
    }

    private static Decision Change(ReceiverState receiver, ChangeReceiverEndpoint command) =>
        ValidEndpoint(command.Endpoint) is { } refused ? refused
        : command.Endpoint == receiver.Endpoint ? Decision.Nothing
        : receiver.Registered!.PersonalData
            ? Refuse.Step(PersonalDataFixed, "endpoint", "Where personal data go is fixed; close it and register anew.")
        : Decision.Happened(new ReceiverEndpointChanged(command.Endpoint));

    private static Rejection? Reachable(RegisterReceiver command) =>
        command is { Endpoint: null, Subject: null }
            ? Refuse.Field(FieldRequired, "endpoint", "A receiver has an endpoint or asks by its subject's token.")
            : ValidEndpoint(command.Endpoint) ?? Require.OneLine(command.Subject, "subject");

    private static Rejection? KnownEvent(string name, string field) =>
        EventCatalogue.TypeOf(name) is null ? Refuse.Field(UnknownValue, field, "There is no such event.") : null;

    /// <summary>
    /// Events leave by TLS only. Plain HTTP is for a receiver on the machine itself, while it is being written; the
    /// sender refuses it in production.
    /// </summary>
    private static Rejection? ValidEndpoint(string? endpoint) =>
        endpoint is null
        || (endpoint.Length <= EndpointLength && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            && uri is { UserInfo: "", Fragment: "" }
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
            ? null
            : Refuse.Field(EndpointInvalid, "endpoint", "An endpoint is an https address without user or fragment.");
}
