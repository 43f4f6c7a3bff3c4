using System.Text.Json;

namespace OsstOrleans.GraphQL;

/// <summary>
/// The id of a document in <c>extensions.persistedQuery.sha256Hash</c>, where Apollo's clients have it.
/// </summary>
internal static class PersistedDocument
{
    /// <summary>The id in a request's extensions; null without one.</summary>
    public static string? HashOf(JsonElement? extensions) =>
        extensions is { } given
        && given.TryGetProperty("persistedQuery", out var persisted) && persisted.ValueKind == JsonValueKind.Object
        && persisted.TryGetProperty("sha256Hash", out var hash) && hash.ValueKind == JsonValueKind.String
            ? hash.GetString()
            : null;
}
