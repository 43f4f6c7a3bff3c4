using System.Buffers;

namespace OsstOrleans.Dashboard.Desk;

/// <summary>
/// What the dashboard has of the program that it is part of. It asks as the viewer, by the engine that answers the API,
/// so it shows nothing that the API would not say.
/// </summary>
public interface IDesk
{
    /// <summary>True where GraphQL is answered; a process that only hosts grains has its figures alone.</summary>
    bool HasData { get; }

    /// <summary>True in production, where no role can be entered without a provider.</summary>
    bool IsProduction { get; }

    /// <summary>Which build this is.</summary>
    string Version { get; }

    /// <summary>True where the IDE is served.</summary>
    bool HasIde { get; }

    /// <summary>Who asks by this token, for this purpose; null unless the token is valid now.</summary>
    ValueTask<Viewer?> ViewerOf(string token, string? purpose);

    /// <summary>True while the viewer's token has neither expired nor been revoked.</summary>
    bool IsValid(Viewer viewer);

    /// <summary>The viewer with the rights that registers leave of the token now.</summary>
    Viewer Now(Viewer viewer);

    /// <summary>Calls back when the viewer's token is revoked; null where nothing can be.</summary>
    IDisposable? WhenRevoked(Viewer viewer, Action revoked);

    /// <summary>Ends the viewer's token in every process; false where this token cannot be ended before its time.
    /// </summary>
    Task<bool> Revoke(Viewer viewer, bool everywhere);

    /// <summary>True when a document fits the contract.</summary>
    bool Fits(GraphQLRequest request);

    /// <summary>Executes a query or a mutation as the viewer and writes the answer's JSON.</summary>
    ValueTask<GraphQLResult> Ask(Viewer viewer, GraphQLRequest request, IBufferWriter<byte> answer);

    /// <summary>Answers a subscription as the viewer, event by event.</summary>
    IAsyncEnumerable<GraphQLEvent> Watch(Viewer viewer, GraphQLRequest request, CancellationToken ended);

    /// <summary>Kinds of files that can be imported.</summary>
    IReadOnlyList<ImportForm> ImportForms { get; }

    /// <summary>The beginning of a CSV file that names its columns: how many bytes, and line ends among them.</summary>
    (int Bytes, long Lines) HeadOf(ReadOnlySpan<byte> start, bool isLast);

    /// <summary>Reads lines of a file as <c>osst import</c> does. They are sent like any other question.</summary>
    ValueTask<ReadPart> Read(FilePart part);

    /// <summary>What <c>/ops.json</c> says to this viewer; null for all but operators.</summary>
    ValueTask<byte[]?> Operations(Viewer viewer);

    /// <summary>The wellbeing counties that keep a register here, by name.</summary>
    IReadOnlyList<(string Code, string Name)> Counties { get; }

    /// <summary>A development token for a role that holds for this municipality; null where there is no such way in.
    /// </summary>
    string? DevelopmentToken(string role, string? municipality);

    /// <summary>The names of the providers by which people sign in to these pages.</summary>
    IReadOnlyList<string> Providers { get; }

    /// <summary>Where a browser goes to sign in at a provider; null when the provider does not answer.</summary>
    Task<Uri?> BeginSignIn(string provider, SignInSecrets secrets, string? hint);

    /// <summary>The access token for the code that a provider sent back; null when it does not hold.</summary>
    Task<string?> EndSignIn(string provider, string code, SignInSecrets secrets);

    /// <summary>The roles that can be entered in development; none in production.</summary>
    IReadOnlyList<DevelopmentRole> DevelopmentRoles { get; }
}

/// <summary>A role that a developer can enter.</summary>
/// <param name="Name">As tokens have it.</param>
/// <param name="Purposes">For what it may read clients; none for a role that reads no client.</param>
public sealed record DevelopmentRole(string Name, IReadOnlyList<string> Purposes);

/// <summary>What binds a sign-in to the browser that began it (OpenID Connect Core 3.1.2.1, RFC 7636).</summary>
/// <param name="State">Comes back with the code.</param>
/// <param name="Nonce">Comes back in the ID token.</param>
/// <param name="Verifier">Proves that the code is brought by the one who began.</param>
public sealed record SignInSecrets(string State, string Nonce, string Verifier);
