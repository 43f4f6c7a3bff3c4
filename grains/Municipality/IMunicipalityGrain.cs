using Orleans;
using Orleans.Concurrency;
using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Municipality;

/// <summary>A municipality; the key is its code.</summary>
[Alias("osst.municipality")]
[Orleans.CodeGeneration.Version(3)]
public interface IMunicipalityGrain : IGrainWithStringKey
{
    /// <summary>Takes a command: it is durable before the reply.</summary>
    [Alias("execute")]
    ValueTask<CommandReply> Execute([Immutable] IMunicipalityCommand command, Envelope envelope);

    /// <summary>Reads the state, and its history when asked for.</summary>
    [Alias("read")]
    [AlwaysInterleave]
    ValueTask<ReadReply<MunicipalityState>> Read(ReadRequest request);
}
