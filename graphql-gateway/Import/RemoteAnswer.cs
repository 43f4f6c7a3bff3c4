using System.Net;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Import;

/// <summary>What became of lines that were sent to a server, or why nothing is known of them.</summary>
/// <param name="Results">One for each line; null when they were not taken.</param>
/// <param name="Problem">An error code or some words; null when they were taken.</param>
/// <param name="MayPass">The same lines may be taken later.</param>
/// <param name="IsTooMuch">Fewer lines may be taken.</param>
internal sealed record RemoteAnswer(
    IReadOnlyList<LineResult>? Results, string? Problem = null, bool MayPass = false, bool IsTooMuch = false)
{
    /// <summary>Too many lines, for the server as it is set; and a value whose line has to be found.</summary>
    private static readonly string[] s_tooMuch =
    [
        ErrorCodes.LimitLines, ErrorCodes.LimitBody, GraphQLErrorCodes.LimitCost, GraphQLErrorCodes.Timeout,
        GraphQLErrorCodes.Variables,
    ];

    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? After { get; init; }

    public static RemoteAnswer None { get; } = new(null, "no answer", MayPass: true);

    public static RemoteAnswer Of(IReadOnlyList<LineResult> results) => new(results);

    /// <summary>The words of the problem, for a person.</summary>
    public string Words { get; init; } = Problem ?? "";

    /// <summary>The server said why.</summary>
    public static RemoteAnswer Refused(string code, string? message = null) => new(
        null, code, ErrorCodeResolvers.All.FirstOrDefault(known => known.Code == code)?.Retry ?? false,
        s_tooMuch.Contains(code))
    {
        Words = message is null ? code : $"{code}, {message.TrimEnd('.')}",
    };

    /// <summary>What stands before a server, or in its place, answers in its own way: a page, or nothing.</summary>
    public static RemoteAnswer NoGraphQL(HttpStatusCode status) => new(
        null, $"it answers with HTTP {(int)status} and no GraphQL",
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or >= HttpStatusCode.InternalServerError,
        status is HttpStatusCode.RequestEntityTooLarge);
}
