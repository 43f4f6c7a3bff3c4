namespace OsstOrleans.Grains.Client;

/// <summary>
/// Hands the client from one worker to another, as a part of the hand-over of a whole caseload. A client whom that
/// worker does not have any more, or had in another register, is left as is; an own worker is followed by an own
/// worker.
/// </summary>
/// <param name="HandOverId">The municipality's hand-over.</param>
/// <param name="FromWorkerId">The worker who hands over.</param>
/// <param name="ToWorkerId">The worker who takes over.</param>
public sealed record HandOverClient(string HandOverId, string FromWorkerId, string ToWorkerId)
    : IClientCommand, ICarriedOut;

/// <summary>The client was handed from one worker to another; the hand-over's own event says who decided it.</summary>
[StoredAs("client.handed-over", TimelineKind.Worker)]
public sealed record ClientHandedOver(string HandOverId, string FromWorkerId, string ToWorkerId, bool OwnWorker)
    : IClientEvent;

internal static class HandOvers
{
    public static Decision HandOver(ClientState client, HandOverClient command, Moment moment) =>
        (Require.Id(command.HandOverId, "handOverId")
            ?? Require.Id(command.ToWorkerId, "toWorkerId")) is { } refused ? refused
        : client.Worker is not { } worker || worker.WorkerId != command.FromWorkerId
            || command.FromWorkerId == command.ToWorkerId
            // Of another register's staff, where the same identifiers are other persons.
            || worker.Since < moment.Registers.SinceOf(client.Municipality, moment.Today) ? Decision.Nothing
        : Decision.Happened(new ClientHandedOver(
            command.HandOverId, command.FromWorkerId, command.ToWorkerId, worker.OwnWorker));

    public static ClientState Evolve(ClientState client, ClientHandedOver happened, DateOnly on) => client with
    {
        Worker = new AssignedWorker(happened.ToWorkerId, happened.OwnWorker, on),
    };
}
