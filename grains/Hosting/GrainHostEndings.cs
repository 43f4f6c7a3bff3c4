using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Hosting;

/// <summary>Commands that were sent before, and those that end something for good.</summary>
public sealed partial class GrainHost<TState, TDecider>
{
    private static readonly Rejection s_idUsed = new(
        RejectionKind.InvalidField, RejectionCodes.CommandIdUsed, "commandId", "Another command had this id.");

    /// <summary>True when a command that ends something was accepted and has ended it, now or when it was sent first.
    /// </summary>
    public async ValueTask<bool> HasEnded(IEndsForGood command, Guid commandId, CommandReply reply) =>
        reply is { Kind: ReplyKind.Accepted, IsUnchanged: false }
        && await _memory.LeftBy(commandId, reply.Version) is { } left && IsEnd(command, left);

    /// <summary>Writes a line of the use log for a command that ended something of a client. It is durable.</summary>
    public async ValueTask LogEnding(ICommand command, Caller caller)
    {
        if (grain.Kind == GrainKind.Client)
        {
            var now = await Recalled();
            await _access.LogUse(
                now, caller, $"{UseNames.Sent}{NameOf(command)}",
                _access.BasisOf(caller, now.State) ?? AccessBasis.Coordination);
        }
    }

    /// <summary>First: once the person's key is gone, nothing says any more who it was.</summary>
    private async ValueTask KeepForLogs(Recording recording, TState state)
    {
        if (recording.Events.OfType<IErases>().Any(static happened => happened.Erases is Erasure.Person)
            && TDecider.IdentifierOf(state) is { } identifier)
        {
            await services.KeepForLogs(grain, identifier);
        }
    }

    /// <summary>
    /// The outcome of a command sent before. A caller who may not command the grain now gets it only for a command of
    /// its own: a guessed id must not show what others have sent.
    /// </summary>
    private async ValueTask<CommandReply?> FirstOutcome(
        ICommand command, Envelope envelope, Remembered<TState> now, CommandReply reply) =>
        now.Version > 0 && await _memory.FindOutcome(envelope.CommandId) is { } first
            && !await IsOfAnother(command, envelope.CommandId, first.Version)
            && (reply.Kind is not ReplyKind.Forbidden
                || await _memory.IsOf(envelope.Caller.Actor, envelope.CommandId, first))
            ? Accepted(first.Version, first.Position) with { IsRetry = true }
            : null;

    /// <summary>True when another command had the id of one that ends something: its outcome is not this one's.
    /// </summary>
    private async ValueTask<bool> IsOfAnother(ICommand command, Guid id, long version) =>
        command is IEndsForGood ending && await _memory.LeftBy(id, version) is { } left && !IsEnd(ending, left);

    private static bool IsEnd(IEndsForGood ending, PastEvent left) =>
        left.Happened is { } happened && ending.IsEndedBy(happened);
}
