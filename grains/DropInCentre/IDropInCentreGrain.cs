using Orleans;
using Orleans.Concurrency;
using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>A drop-in centre (<em>asukastupa</em>).</summary>
[Alias("osst.drop-in-centre")]
[Orleans.CodeGeneration.Version(1)]
public interface IDropInCentreGrain : IGrainWithStringKey
{
    /// <summary>Takes a command: it is durable before the reply.</summary>
    [Alias("execute")]
    ValueTask<CommandReply> Execute([Immutable] IDropInCentreCommand command, Envelope envelope);

    /// <summary>Reads the state, and its history when asked for.</summary>
    [Alias("read")]
    [AlwaysInterleave]
    ValueTask<ReadReply<DropInCentreState>> Read(ReadRequest request);
}
