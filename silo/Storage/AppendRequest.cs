using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage;

/// <summary>Everything one command writes: its events, and for a new client the wrapped key.</summary>
public sealed class AppendRequest
{
    public required GrainName Grain { get; init; }

    /// <summary>The version the decision was taken on; 0 for a new stream.</summary>
    public required long ExpectedVersion { get; init; }

    public required Guid CommandId { get; init; }

    public required string Municipality { get; init; }

    public required string Actor { get; init; }

    public required DateOnly OccurredOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>
    /// None for a command that was accepted and changed nothing: then only its outcome is kept, so that a retry is
    /// recognised after the state has moved on.
    /// </summary>
    public required IReadOnlyList<NewEvent> Events { get; init; }

    /// <summary>The client's key, wrapped; set only with the first events of a client's stream.</summary>
    public ReadOnlyMemory<byte> WrappedKey { get; init; }

    /// <summary>The key of a matter whose first words these events hold, wrapped.</summary>
    public MatterKey? MatterKey { get; init; }

    /// <summary>The key of a consent that begins with these events, wrapped.</summary>
    public ReadOnlyMemory<byte> ConsentKey { get; init; }

    /// <summary>What these events erase: in the same transaction, keys are destroyed and rows beside the log go.
    /// </summary>
    public Erasure Erases { get; init; }

    /// <summary>The last matter whose key is destroyed, with those before it and the snapshot; 0 for none.</summary>
    public int EndsMatters { get; init; }

    /// <summary>The consent whose key is destroyed, with the snapshot; 0 for none.</summary>
    public int EndsSealing { get; init; }

    /// <summary>The register that one of the events belongs to.</summary>
    public string MunicipalityOf(in NewEvent happened) => happened.Municipality ?? Municipality;
}
