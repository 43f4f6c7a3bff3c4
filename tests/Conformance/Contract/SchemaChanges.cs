using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsstOrleans.Conformance.Tests.Contract;

/// <summary>One difference between two texts of the contract.</summary>
/// <param name="Kind"><c>breaking</c>, <c>dangerous</c> or <c>harmless</c> for the clients that there are.</param>
internal sealed record SchemaChange(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("description")] string Description)
{
    /// <summary>What has changed, as the reference implementation judges it.</summary>
    public static async Task<SchemaChange[]> Between(string before, string after)
    {
        var told = JsonSerializer.Serialize(new[] { new { before, after } });
        return JsonSerializer.Deserialize<SchemaChange[][]>(await Node.Oracle.Tell(told, "changes.mjs"))![0];
    }

    public override string ToString() => $"{Kind}: {Description}";
}
