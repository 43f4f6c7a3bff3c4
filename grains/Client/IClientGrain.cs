using Orleans;
using Orleans.Concurrency;
using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Client;

/// <summary>A client; the key is the client's random id.</summary>
[Alias("osst.client")]
[Orleans.CodeGeneration.Version(7)]
public interface IClientGrain : IGrainWithStringKey
{
    /// <summary>Takes a command: it is durable before the reply.</summary>
    [Alias("execute")]
    ValueTask<CommandReply> Execute([Immutable] IClientCommand command, Envelope envelope);

    /// <summary>Reads the state, and its history when asked for.</summary>
    [Alias("read")]
    [AlwaysInterleave]
    ValueTask<ReadReply<ClientState>> Read(ReadRequest request);
}
