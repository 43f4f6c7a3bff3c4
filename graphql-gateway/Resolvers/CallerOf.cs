using OsstOrleans.Grains;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>The caller of a field, and the one sentence for what a caller may not do.</summary>
internal static class CallerOf
{
    /// <summary>The verified caller of a request; requests without one never reach a resolver.</summary>
    public static Caller Caller(this FieldCall call) =>
        call.Request.User switch
        {
            LiveCaller live => live.Now,
            Caller caller => caller,
            _ => throw new FieldFault(ErrorCodes.Unauthenticated, "A bearer token is needed."),
        };

    public static FieldFault Forbidden(string what) => new(
        ErrorCodes.Forbidden, $"Neither the token's role and registers nor a relationship allow {what}.");

    /// <summary>
    /// The one answer to who has nothing to do with a client, wherever the client is, and where there is none.
    /// </summary>
    /// <param name="what">What was asked.</param>
    /// <param name="field">The argument or input field that names the client.</param>
    public static FieldFault NotTheirs(string what, string field) => new(
        ErrorCodes.Forbidden,
        $"Neither the token's role and registers nor a relationship allow {what}, or {field} names no client. A "
        + "coordinator of the register assigns clients; openAccess opens one for a reason and a time.",
        new Dictionary<string, object?> { ["field"] = field });

    /// <summary>What holds words about a person is asked by POST alone: addresses are kept by many.</summary>
    /// <exception cref="FieldFault">The request stands in an address.</exception>
    public static void DemandBody(this FieldCall call)
    {
        if (call.Request.IsInAddress)
        {
            throw new FieldFault(
                ErrorCodes.PostOnly, "This is asked by POST alone: browsers, proxies and logs keep an address.");
        }
    }

    /// <summary>Reads something of each parent; what is refused of one fails alone.</summary>
    public static async ValueTask<IReadOnlyList<TValue>> Each<TParent, TValue>(
        this FieldCall call, IReadOnlyList<TParent> parents, Func<TParent, ValueTask<TValue>> read)
    {
        var reads = await Task.WhenAll(parents.Select(async parent =>
        {
            try
            {
                return (Value: await read(parent), Fault: (FieldFault?)null);
            }
            catch (FieldFault fault)
            {
                return (default!, fault);
            }
        }));
        for (var i = 0; i < reads.Length; i++)
        {
            if (reads[i].Fault is { } fault)
            {
                call.Fail(i, fault);
            }
        }
        return [.. reads.Select(done => done.Value)];
    }

    /// <summary>A read of a person says why (703/2023 10 §).</summary>
    public static FieldFault PurposeMissing => new(
        ErrorCodes.PurposeMissing, "A read of client data says its purpose: send the header Osst-Purpose.");

    /// <summary>The municipality of a call that reads its clients.</summary>
    /// <exception cref="FieldFault">The caller may not read them, or does not say why.</exception>
    public static string RegisterAsked(this FieldCall call, string argument = "municipality")
    {
        var (caller, municipality) = (call.Caller(), call.Arguments.Get<string>(argument));
        return !AccessPolicy.SeesExactFigures(caller, municipality) ? throw Forbidden("reading this caseload")
            : caller.Purpose is null ? throw PurposeMissing
            : municipality;
    }

    /// <summary>The municipality of a call about all of its clients: its coordinators'.</summary>
    /// <exception cref="FieldFault">The caller may not read them, or does not say why.</exception>
    public static string RegisterCoordinated(this FieldCall call) =>
        call.Caller().Role is Role.Coordinator ? call.RegisterAsked() : throw Forbidden("this of a whole register");

    /// <summary>The municipalities that figures are asked of: a county's are all of its own; null for all.</summary>
    public static IReadOnlyList<string>? MunicipalitiesAsked(this FieldCall call, Platform platform) =>
        call.Arguments.GetOrDefault<IReadOnlyList<string>>("municipalities") is not { } asked ? null
        : asked.Any(Registers.IsCountyCode) ? [.. asked.SelectMany(platform.MunicipalitiesIn).Distinct()]
        : asked;

    /// <summary>A county's municipalities; of any other code, itself.</summary>
    public static IReadOnlyList<string> MunicipalitiesIn(this Platform platform, string code) =>
        Registers.IsCountyCode(code) ? platform.Services.MunicipalitiesOf(code) : [code];

    /// <summary>The register of a call that looks through the logs about its clients.</summary>
    /// <exception cref="FieldFault">The caller does not see to data protection there, or does not say why.</exception>
    public static string RegisterAudited(this FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.Arguments.Get<string>("register"));
        return !AccessPolicy.MayAudit(caller, register) ? throw Forbidden("looking through this register's logs")
            : caller.Purpose is null ? throw PurposeMissing
            : register;
    }

    /// <summary>The register of a call that answers a client who asks for log lines.</summary>
    /// <exception cref="FieldFault">The caller answers none there, or does not say why.</exception>
    public static string RegisterReported(this FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.Arguments.Get<string>("register"));
        return !AccessPolicy.MayReport(caller, register)
            ? throw Forbidden("answering clients about this register's logs")
            : caller.Purpose is null ? throw PurposeMissing
            : register;
    }

    /// <summary>The state of a read, null when there is no such grain.</summary>
    public static TState? StateOrFault<TState>(this ReadReply<TState> reply, string what, string field = "id")
        where TState : class => reply.Result switch
        {
            ReadResult.Found => reply.State,
            ReadResult.NotFound => null,
            ReadResult.Forbidden => throw NotTheirs(what, field),
            ReadResult.PurposeMissing => throw PurposeMissing,
            _ => throw new InvalidOperationException($"Nothing says what {reply.Result} answers."),
        };
}

/// <summary>
/// The platform's own <c>extensions.code</c>, beside those of the engine (<see cref="GraphQLErrorCodes"/>).
/// </summary>
internal static class ErrorCodes
{
    /// <summary>No valid bearer token.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>A valid token whose role or municipality does not allow it.</summary>
    public const string Forbidden = "FORBIDDEN";

    /// <summary>Client data is asked for without a purpose.</summary>
    public const string PurposeMissing = "PURPOSE_MISSING";

    /// <summary>The purpose that a request says is none that the caller's role may have.</summary>
    public const string PurposeNotAllowed = "PURPOSE_NOT_ALLOWED";

    /// <summary>The caller is none of the register's staff, so that no client there is the caller's matter.</summary>
    public const string NotInStaff = "NOT_IN_STAFF";

    /// <summary>There is nothing of that id to follow.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>An argument's value is unusable; <c>extensions.field</c> names it.</summary>
    public const string BadInput = "BAD_INPUT";

    /// <summary>The answer would let small cells be computed.</summary>
    public const string SmallCellRule = "SMALL_CELL_RULE";

    /// <summary>A page was asked for that is too long.</summary>
    public const string LimitPageSize = "LIMIT_PAGE_SIZE";

    /// <summary>A bulk mutation has too many lines.</summary>
    public const string LimitLines = "LIMIT_LINES";

    /// <summary>The body has too many bytes.</summary>
    public const string LimitBody = "LIMIT_BODY";

    /// <summary>Asked in the address of a GET, where words about a person must not stand.</summary>
    public const string PostOnly = "POST_ONLY";

    /// <summary>The caller has searched too often within a minute.</summary>
    public const string LimitSearches = "LIMIT_SEARCHES";

    /// <summary>Too many operations of the caller are under way.</summary>
    public const string LimitOperations = "LIMIT_OPERATIONS";

    /// <summary>There is no trusted document of that id.</summary>
    public const string DocumentNotFound = "DOCUMENT_NOT_FOUND";

    /// <summary>Only trusted documents are taken, by their ids.</summary>
    public const string DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED";

    /// <summary>The store cannot write at present; ask again with the same command id.</summary>
    public const string StoreUnavailable = "STORE_UNAVAILABLE";
}
