using Orleans;
using Orleans.Concurrency;
using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Programme;

/// <summary>A programme, such as the OSST experiment.</summary>
[Alias("osst.programme")]
[Orleans.CodeGeneration.Version(1)]
public interface IProgrammeGrain : IGrainWithStringKey
{
    /// <summary>Takes a command: it is durable before the reply.</summary>
    [Alias("execute")]
    ValueTask<CommandReply> Execute([Immutable] IProgrammeCommand command, Envelope envelope);

    /// <summary>Reads the state, and its history when asked for.</summary>
    [Alias("read")]
    [AlwaysInterleave]
    ValueTask<ReadReply<ProgrammeState>> Read(ReadRequest request);
}
