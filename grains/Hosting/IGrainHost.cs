using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Hosting;

/// <summary>One activation of one grain: recall, decide, append, evolve, reply.</summary>
public interface IGrainHost
{
    /// <summary>Takes a command. The caller sees to it that commands come one at a time.</summary>
    /// <exception cref="LimitReached">Other activations keep changing this grain.</exception>
    ValueTask<CommandReply> Execute(ICommand command, Envelope envelope);

    /// <summary>
    /// Takes a command with which a start ends again what an earlier database has lost. No message asks for it: only
    /// the process itself does, before it serves.
    /// </summary>
    ValueTask<CommandReply> EndAgain(ICommand command, Envelope envelope);

    /// <summary>The activation is let go.</summary>
    Task LetGo();
}

/// <summary>One activation of a grain of a kind.</summary>
public interface IGrainHost<TState> : IGrainHost
    where TState : class
{
    /// <summary>Reads; reads interleave with each other and with a command that waits.</summary>
    ValueTask<ReadReply<TState>> Read(ReadRequest request);
}
