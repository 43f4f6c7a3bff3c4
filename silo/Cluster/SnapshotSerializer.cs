using System.Text.Json;
using Orleans.Storage;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// The form of snapshots in PostgreSQL: JSON with the names of properties and no name of a .NET type, so that a type
/// can move. What is in another form, as an older version wrote it, is no snapshot: the grain is folded from the log.
/// </summary>
internal sealed class SnapshotSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

    public T Deserialize<T>(BinaryData input)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(input)!;
        }
        catch (JsonException)
        {
            return Activator.CreateInstance<T>(); // A fault here would keep the grain from ever being active again.
        }
    }
}
