using System.Text.Json;
using Orleans.Storage;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// The form of snapshots in PostgreSQL: JSON with the names of properties and no name of a .NET type, so that a type
/// can move.
/// </summary>
internal sealed class SnapshotSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input)!;
}
