namespace OsstOrleans.Grains.Calls;

/// <summary>Calls grains by their names, wherever they are.</summary>
public interface IGrainCalls
{
    /// <summary>Sends a command to a grain of its kind.</summary>
    /// <exception cref="ArgumentException">The name is no grain's, or the command is for another kind.</exception>
    /// <exception cref="LimitReached">Too many calls wait for this grain.</exception>
    ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope);

    /// <summary>Reads a grain; a client's is answered only after its use-log line is durable.</summary>
    /// <typeparam name="TState">The state of the grain's kind.</typeparam>
    /// <exception cref="LimitReached">Too many calls wait for this grain.</exception>
    ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class;

    /// <summary>
    /// The same calls for a request that ends: once it is over, nothing more is waited for before a call, and no call
    /// is made again. One that was made is waited for as ever, and a command that was appended stays: it is known
    /// by its id.
    /// </summary>
    /// <param name="over">Cancelled when the request is over.</param>
    IGrainCalls Until(CancellationToken over) => this;
}
