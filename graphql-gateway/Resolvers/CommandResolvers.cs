using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>What every mutation answers.</summary>
internal sealed record CommandPayload(
    bool Accepted, long? Version, long? Position, IReadOnlyList<UserError> UserErrors, object? View = null);

/// <summary>Why a command was refused, as data of the answer.</summary>
internal abstract record UserError(string Message);

internal sealed record InvalidField(string Code, string Field, string Message) : UserError(Message);

internal sealed record IllegalStep(string Code, string Field, string Message) : UserError(Message);

internal sealed record NotFound(string Code, string Field, string Message) : UserError(Message);

internal sealed record VersionConflict(string Message, long ActualVersion) : UserError(Message);

/// <summary>
/// Every command of the domain is a mutation of its own name, its properties are the fields of its input: this part of
/// the schema is written from the commands.
/// </summary>
internal sealed class CommandResolvers(
    IGrainCalls grains, GlobalIds ids, CaseloadRoom room, ReceiverResolvers receivers)
{
    /// <summary>The kinds of grain with their commands, the input field that names the grain and the payload's field.
    /// </summary>
    public static IReadOnlyList<CommandFamily> Families { get; } =
    [
        new(typeof(IClientCommand), GrainKind.Client, "clientId", "client", "The client's id."),
        new(typeof(IMunicipalityCommand), GrainKind.Municipality, "municipality", "municipality",
            "The municipality's official code."),
        new(typeof(IDropInCentreCommand), GrainKind.DropInCentre, "dropInCentreId", "dropInCentre",
            "The drop-in centre's id."),
        new(typeof(IProgrammeCommand), GrainKind.Programme, "programmeId", "programme", "The programme's id."),
        new(typeof(IReceiverCommand), GrainKind.Receiver, "receiverId", "receiver",
            "The receiver's id, chosen when it is registered."),
    ];

    public ResolverMap AddTo(ResolverMap map)
    {
        map.Object<InvalidField>("InvalidField").Object<IllegalStep>("IllegalStep")
            .Object<NotFound>("NotFound").Object<VersionConflict>("VersionConflict");
        foreach (var family in Families)
        {
            foreach (var command in family.Commands)
            {
                var payload = command.Name + "Payload";
                map.Root("Mutation", NameOf(command), call => Send(call, family, command));
                map.Object<CommandPayload>(payload);
                AddView(map, payload, family);
            }
        }
        return map;
    }

    /// <summary>The mutation of a command.</summary>
    public static string NameOf(Type command) => char.ToLowerInvariant(command.Name[0]) + command.Name[1..];

    /// <summary>Sends one command.</summary>
    /// <param name="call">Of whom, and until when it may wait.</param>
    /// <param name="family">The kind of its grain.</param>
    /// <param name="type">What it is.</param>
    /// <param name="input">The input of its mutation.</param>
    /// <param name="commandId">By which it is known again.</param>
    /// <returns>The payload without a view, and what was sent; no command where the input names no grain.</returns>
    /// <exception cref="FieldFault">The caller may not send it.</exception>
    public async ValueTask<(CommandPayload Payload, GrainName Grain, ICommand? Command)> Execute(
        FieldCall call, CommandFamily family, Type type, Arguments input, Guid commandId)
    {
        var key = ids.KeyOf(family.Kind, input.Get<string>(family.IdField));
        if (!GrainName.IsValidKey(key))
        {
            var invalid = new InvalidField(
                RejectionCodes.IdInvalid, family.IdField, "An id is 1-64 letters a-z, digits, - or _.");
            return (Refused(invalid), default, null);
        }
        var (caller, command) = (call.Caller(), ApiJson.ReadCommand(type, input.Values));
        if (SenderRules.Refusal(caller, family.Kind, command, input) is { } refusal)
        {
            return (Refused(ErrorOf(refusal, family.IdField)), default, null);
        }
        var envelope = new Envelope(
            commandId, caller, input.GetOrDefault<DateOnly?>("occurredOn"), input.GetOrDefault<long?>("ifVersion"))
        {
            Register = input.GetOrDefault<string?>("register"),
        };
        var grain = new GrainName(family.Kind, key);
        if (await room.Refusal(grain, command, envelope, call.Cancelled) is { } full)
        {
            // Only those who may send it learn whether the worker has this client already.
            var probe = await grains.Until(call.Cancelled).Execute(
                grain, command, envelope with { IfVersion = Envelope.NeverVersion });
            return probe.Kind is ReplyKind.Forbidden
                ? throw Forbidden(family.IdField)
                : (Refused(ErrorOf(full, family.IdField)), grain, command);
        }
        var reply = await grains.Until(call.Cancelled).Execute(grain, command, envelope);
        return (PayloadOf(reply, null, family.IdField), grain, command);
    }

    private static void AddView(ResolverMap map, string payload, CommandFamily family)
    {
        switch (family.Kind)
        {
            case GrainKind.Client:
                map.Plain<CommandPayload, ClientView?>(payload, family.ViewField, p => p.View as ClientView);
                break;
            case GrainKind.Municipality:
                map.Plain<CommandPayload, MunicipalityView?>(
                    payload, family.ViewField, p => p.View as MunicipalityView);
                break;
            case GrainKind.DropInCentre:
                map.Plain<CommandPayload, CentreView?>(payload, family.ViewField, p => p.View as CentreView);
                break;
            case GrainKind.Receiver:
                map.Plain<CommandPayload, ReceiverView?>(payload, family.ViewField, p => p.View as ReceiverView);
                break;
            case GrainKind.Programme:
                map.Plain<CommandPayload, ProgrammeView?>(payload, family.ViewField, p => p.View as ProgrammeView);
                break;
            case GrainKind.ExternalId:
            default:
                throw NoView(family.Kind);
        }
    }

    // Thrown while the schema is bound, so that a start fails and not the first answer.
    private static InvalidOperationException NoView(GrainKind kind) =>
        new($"Nothing says how a {kind} is shown after a command.");

    private async ValueTask<CommandPayload> Send(FieldCall call, CommandFamily family, Type type)
    {
        var input = call.Arguments.Get<Arguments>("input");
        var (payload, grain, command) = await Execute(
            call, family, type, input, input.GetOrDefault<Guid?>("commandId") ?? Guid.NewGuid());
        return payload.Accepted && call.Selects(family.ViewField)
            ? payload with { View = await ViewOf(grain, call, command!) }
            : payload;
    }

    public static CommandPayload PayloadOf(CommandReply reply, object? view, string idField) =>
        reply.Kind switch
        {
            ReplyKind.Accepted => new CommandPayload(true, reply.Version, reply.Position, [], view),
            ReplyKind.Rejected => Refused(ErrorOf(reply.Rejection!, idField)),
            ReplyKind.VersionConflict => Refused(new VersionConflict(
                $"The version is {reply.Version}, not the one in ifVersion.", reply.Version)),
            ReplyKind.Forbidden => throw Forbidden(idField),
            _ => throw new InvalidOperationException($"Nothing says what {reply.Kind} answers."),
        };

    private static FieldFault Forbidden(string idField) => idField == "clientId"
        ? CallerOf.NotTheirs("this command", idField)
        : CallerOf.Forbidden("this command");

    public static CommandPayload Refused(UserError error) => new(false, null, null, [error]);

    /// <summary>The domain calls the grain itself "id"; each input has its own name for it.</summary>
    public static UserError ErrorOf(Rejection rejection, string idField)
    {
        var field = rejection.Field == "id" ? idField : rejection.Field;
        return rejection.Kind switch
        {
            RejectionKind.InvalidField => new InvalidField(rejection.Code, field, rejection.Message),
            RejectionKind.NotFound => new NotFound(rejection.Code, field, rejection.Message),
            RejectionKind.IllegalStep => new IllegalStep(rejection.Code, field, rejection.Message),
            _ => throw new InvalidOperationException($"Nothing says which error a {rejection.Kind} is."),
        };
    }

    /// <summary>
    /// The state after the command, by a read like any other: checked, and a client's in the use log before it leaves.
    /// </summary>
    private async ValueTask<object?> ViewOf(GrainName grain, FieldCall call, ICommand command) => grain.Kind switch
    {
        GrainKind.Client => await Read<ClientState>(grain, call) is { State: { } state } read
            ? new ClientView(grain.Key, read.Version, read.Position, state)
            : null,
        GrainKind.Municipality => await Read<MunicipalityState>(grain, call) is { State: { } state }
            ? new MunicipalityView(grain.Key, state)
            : null,
        GrainKind.DropInCentre => await Read<DropInCentreState>(grain, call) is { State: { } state }
            ? new CentreView(grain.Key, state)
            : null,
        GrainKind.Receiver => await Read<ReceiverState>(grain, call) is { State: { } state }
            ? receivers.ViewOf(grain.Key, state, command, call.Caller().Role)
            : null,
        GrainKind.Programme => await Read<ProgrammeState>(grain, call) is { State: { } state }
            ? new ProgrammeView(grain.Key, state)
            : null,
        _ => throw NoView(grain.Kind),
    };

    private ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, FieldCall call)
        where TState : class => grains.Until(call.Cancelled).Read<TState>(grain, new ReadRequest(call.Caller()));
}

/// <summary>The commands of one kind of grain that callers can send.</summary>
/// <param name="Interface">What the commands implement.</param>
/// <param name="Kind">The kind of grain.</param>
/// <param name="IdField">The input field that names the grain.</param>
/// <param name="ViewField">The payload's field with the grain after the command.</param>
/// <param name="IdDescription">What the schema says of the input field.</param>
internal sealed record CommandFamily(
    Type Interface, GrainKind Kind, string IdField, string ViewField, string IdDescription)
{
    public IReadOnlyList<Type> Commands { get; } =
    [
        .. Interface.Assembly.GetTypes().Where(type =>
            type.IsSealed && type.IsAssignableTo(Interface) && !type.IsAssignableTo(typeof(INoMutation))),
    ];
}
