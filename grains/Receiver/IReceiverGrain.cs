using Orleans;
using Orleans.Concurrency;
using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Receiver;

/// <summary>A system that receives events.</summary>
[Alias("osst.receiver")]
[Orleans.CodeGeneration.Version(2)]
public interface IReceiverGrain : IGrainWithStringKey
{
    /// <summary>Takes a command: it is durable before the reply.</summary>
    [Alias("execute")]
    ValueTask<CommandReply> Execute([Immutable] IReceiverCommand command, Envelope envelope);

    /// <summary>Reads the state, and its history when asked for.</summary>
    [Alias("read")]
    [AlwaysInterleave]
    ValueTask<ReadReply<ReceiverState>> Read(ReadRequest request);
}
