using Orleans;
using Orleans.Concurrency;
using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.ExternalId;

/// <summary>An identifier of another system; the key is a keyed hash of it.</summary>
[Alias("osst.external-id")]
[Orleans.CodeGeneration.Version(1)]
public interface IExternalIdGrain : IGrainWithStringKey
{
    /// <summary>Takes a command: it is durable before the reply.</summary>
    [Alias("execute")]
    ValueTask<CommandReply> Execute([Immutable] IExternalIdCommand command, Envelope envelope);

    /// <summary>Reads the state, and its history when asked for.</summary>
    [Alias("read")]
    [AlwaysInterleave]
    ValueTask<ReadReply<ExternalIdState>> Read(ReadRequest request);
}
