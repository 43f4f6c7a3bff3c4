using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Gateway.Import;
using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Telemetry;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Viewing;

/// <summary>
/// The program as the dashboard has it. Questions go to the engine that answers the API, as the viewer whose token the
/// session holds: what the API would not say, no page can show.
/// </summary>
/// <param name="tokens">Knows viewers.</param>
/// <param name="options">What the process does where there is a choice.</param>
/// <param name="operations">The process's figures now.</param>
/// <param name="asks">Answers; null in a process that only hosts grains.</param>
/// <param name="registers">Whose clients a municipality's are today.</param>
internal sealed class PlatformDesk(
    Tokens tokens, ServerOptions options, Func<Task<OpsReport>> operations,
    (IGraphQLEngine Engine, StreamServices Streams)? asks, KeptRegisters registers) : IDesk
{
    /// <summary>Whose the sessions of development are.</summary>
    private const string Developer = "dashboard";

    private static readonly TimeSpan s_developersDay = TimeSpan.FromHours(10);

    /// <summary>Systems whose files a developer may import; the first is the one of <c>osst import</c>.</summary>
    private static readonly string[] s_developersSources = ["registry", "kela", "te"];

    private static readonly GraphQLResult s_tooMany =
        new(GraphQLOutcome.RequestError, null, ErrorCodes.LimitOperations);

    public bool HasData => asks is not null;

    public bool IsProduction => options.IsProduction;

    public string Version => BuildInfo.Version;

    public bool HasIde => HasData && !options.IsProduction;

    public IReadOnlyList<DevelopmentRole> DevelopmentRoles { get; } = tokens.Development is null
        ? []
        : [.. Enum.GetValues<Role>().Select(role => new DevelopmentRole(RoleNames.NameOf(role), Purposes.Of(role)))];

    public IReadOnlyList<ImportForm> ImportForms => FileParts.Forms;

    public (int Bytes, long Lines) HeadOf(ReadOnlySpan<byte> start, bool isLast) => FileParts.HeadOf(start, isLast);

    public ValueTask<ReadPart> Read(FilePart part) => FileParts.Read(part);

    public IReadOnlyList<string> Providers { get; } = [.. tokens.SignIns.Select(one => one.Name)];

    public Task<Uri?> BeginSignIn(string provider, SignInSecrets secrets, string? hint) =>
        SignInOf(provider) is { } signIn
            ? signIn.Begin(secrets.State, secrets.Nonce, secrets.Verifier, hint)
            : Task.FromResult<Uri?>(null);

    public Task<string?> EndSignIn(string provider, string code, SignInSecrets secrets) =>
        SignInOf(provider) is { } signIn
            ? signIn.End(code, secrets.Nonce, secrets.Verifier)
            : Task.FromResult<string?>(null);

    public async ValueTask<Viewer?> ViewerOf(string token, string? purpose) =>
        await tokens.IdentifyToken(token) is { } verified
        && (purpose is null || Purposes.Of(verified.Caller.Role).Contains(purpose))
            ? ViewerOf(verified with { Purpose = purpose })
            : null;

    public bool IsValid(Viewer viewer) => tokens.IsValid(VerifiedOf(viewer));

    public Viewer Now(Viewer viewer) => ViewerOf(VerifiedOf(viewer));

    public IDisposable? WhenRevoked(Viewer viewer, Action revoked) =>
        tokens.WhenRevoked(VerifiedOf(viewer), revoked);

    public Task<bool> Revoke(Viewer viewer, bool everywhere) => tokens.Revoke(VerifiedOf(viewer), everywhere);

    public bool Fits(GraphQLRequest request) => asks!.Value.Engine.KindOf(request) is not null;

    public async ValueTask<GraphQLResult> Ask(Viewer viewer, GraphQLRequest request, IBufferWriter<byte> answer)
    {
        var (engine, streams) = asks!.Value;
        var verified = VerifiedOf(viewer);
        if (!verified.Use.TryBegin(streams.Http.MaxOperationsPerCaller))
        {
            return s_tooMany;
        }
        try
        {
            return await engine.ExecuteAsync(request, streams.Context(request, verified, TraceId()), answer);
        }
        finally
        {
            verified.Use.End();
        }
    }

    public IAsyncEnumerable<GraphQLEvent> Watch(Viewer viewer, GraphQLRequest request, CancellationToken ended)
    {
        var (engine, streams) = asks!.Value;
        var context = streams.Context(request, VerifiedOf(viewer), TraceId(), ended);
        return engine.SubscribeAsync(request, context, ended);
    }

    public async ValueTask<byte[]?> Operations(Viewer viewer) => VerifiedOf(viewer).Caller.Role is Role.Operator
        ? JsonSerializer.SerializeToUtf8Bytes(await operations(), OpsEndpoint.Json)
        : null;

    public IReadOnlyList<(string Code, string Name)> Counties => registers.Counties;

    public string? DevelopmentToken(string role, string? municipality) =>
        tokens.Development is { } issuer && RoleNames.TryParse(role, out var known)
        && ReachOf(known, municipality) is { } reach
            ? issuer.Mint(known, Developer, reach, s_developersDay, SourcesOf(known))
            : null;

    private static Reach? ReachOf(Role role, string? municipality) =>
        !AccessPolicy.NamesItsRegisters(role) ? Reach.All
        : municipality is not null && Grains.GrainName.IsValidKey(municipality) ? Reach.Of(municipality)
        : null;

    private static string[] SourcesOf(Role role) =>
        role is Role.Coordinator or Role.Integration or Role.RecordSystem ? s_developersSources : [];

    private ProviderSignIn? SignInOf(string provider) => tokens.SignIns.FirstOrDefault(one => one.Name == provider);

    private Viewer ViewerOf(Verified verified)
    {
        var caller = verified.Caller;
        return new Viewer(
            RoleNames.NameOf(caller.Role), caller.Subject, caller.Reach.IsAll ? null : caller.Reach.Municipalities,
            AccessPolicy.MayReadClients(caller.Role), Purposes.Of(caller.Role), verified.Expires, verified)
        {
            Purpose = verified.Purpose,
            Sources = [.. caller.Sources],
            Register = caller.Reach.IsAll ? null : registers.OnlyOne(caller.Reach.Municipalities),
        };
    }

    private static Verified VerifiedOf(Viewer viewer) => (Verified)viewer.Token;

    private static string TraceId() => Activity.Current?.TraceId.ToHexString() ?? "dashboard";
}
