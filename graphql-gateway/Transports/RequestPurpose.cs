using System.Text.Json;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// Why a request uses client data: <c>extensions.purpose</c>, else what its connection says, by the header
/// <c>Osst-Purpose</c> or in <c>connection_init</c>. It belongs to the request: one person does many kinds of work.
/// </summary>
internal static class RequestPurpose
{
    public const string Header = "Osst-Purpose";
    public const string Name = "purpose";

    /// <summary>What the header says; null when it is absent or empty.</summary>
    public static string? In(IHeaderDictionary headers) =>
        headers.TryGetValue(Header, out var said) && said.ToString() is { Length: > 0 } purpose ? purpose : null;

    /// <summary>What the request says; null when neither it nor its connection says anything.</summary>
    /// <exception cref="GraphQLRequestFault">The purpose is no text.</exception>
    public static string? Of(GraphQLRequest request, Verified caller) =>
        request.Extensions is { } extensions && extensions.TryGetProperty(Name, out var purpose)
            ? Text(purpose) ?? throw NotAllowed(caller.Caller.Role)
            : caller.Purpose;

    /// <exception cref="GraphQLRequestFault">It is none of those that the role may have.</exception>
    public static void Assert(string? purpose, Role role)
    {
        if (purpose is not null && !Purposes.Of(role).Contains(purpose))
        {
            throw NotAllowed(role);
        }
    }

    private static string? Text(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair, which no text holds.
        }
    }

    private static GraphQLRequestFault NotAllowed(Role role) => new(Purposes.Of(role) is { Count: > 0 } allowed
        ? $"This role may say the purposes {string.Join(", ", allowed)}, and no other."
        : "This role reads no client data and says no purpose.")
    {
        Code = ErrorCodes.PurposeNotAllowed,
    };
}
