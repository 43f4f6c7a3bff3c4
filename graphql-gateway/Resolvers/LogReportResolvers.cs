using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Audit;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>What a client is answered who asks who used and who got the client's data.</summary>
/// <param name="Register">The municipality.</param>
/// <param name="ClientId">The client.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
internal sealed record LogReport(string Register, string ClientId, DateOnly From, DateOnly To)
{
    /// <summary>The lines; the rest of the slice is a page's.</summary>
    public ClientLogSlice Lines => LinesIn(Register);

    /// <summary>The lines of these days in a register.</summary>
    public ClientLogSlice LinesIn(string register) => new(
        GrainName.Client(ClientId), Reach.Of(register), GrainServices.StartOf(From), null, 0)
    {
        To = To == DateOnly.MaxValue ? DateTimeOffset.MaxValue : GrainServices.StartOf(To.AddDays(1)),
    };
}

/// <summary>That somebody recorded something of a client.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who, as in the log of uses.</param>
/// <param name="What">What happened, by its stored name.</param>
/// <param name="Obtained">Where it came from, when it is from elsewhere and the register says it.</param>
internal sealed record RecordedUse(DateTimeOffset At, string Actor, string What, DataSource? Obtained);

/// <summary>A client of whom a register has lines, found by an identity code.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="IsErased">The client was erased.</param>
internal sealed record LogSubject(string ClientId, bool IsErased);

/// <summary>The client's own right to the logs about the client (703/2023 11 §).</summary>
internal sealed class LogReportResolvers(Platform platform, GlobalIds ids, ApiLimits limits)
{
    private const string What = "answering this client about the logs";
    private const string List = "log-requests";

    private readonly IClientLogs _logs = (IClientLogs)platform.Store;
    private readonly LogLookUps _lookUps = new(platform.Store, platform.Services.MasterKey);
    private readonly SearchCount _searches = new(limits.MaxSearchesPerMinute, platform.Services.Time);
    private readonly LogRequestWords _words = new(platform.Services);

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "logReport", Report)
        .Root("Query", "logSubjects", Subjects)
        .Object<LogSubject>("LogSubject")
        .Object<LogReport>("LogReport")
        .Batch<LogReport, IReadOnlyList<string>>("LogReport", "otherRegisters", (reports, call) =>
            call.Each(reports, report => OtherRegisters(call.Caller(), report)))
        .Plain<LogReport, IReadOnlyList<string>>("LogReport", "absorbed", Absorbed)
        .Batch<LogReport, IReadOnlyList<RecordedUse>>("LogReport", "recorded", (reports, call) =>
            call.Each(reports, Recorded))
        .Object<RecordedUse>("RecordedUse")
        .Root("Query", "logRequests", Requests)
        .Object<RegisterLogRequest>("LogRequest")
        .Plain<RegisterLogRequest, bool>("LogRequest", "isLate", IsLate)
        .Batch<RegisterLogRequest, PersonalText?>("LogRequest", "reason", (requests, _) =>
            Words(requests, words => words.Reason))
        .Batch<RegisterLogRequest, PersonalText?>("LogRequest", "note", (requests, _) =>
            Words(requests, words => words.Note));

    /// <summary>A line is durable before any of the log is shown.</summary>
    private async ValueTask<LogReport?> Report(FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.RegisterReported());
        var client = ids.KeyOf(GrainKind.Client, call.Arguments.Get<string>("client"));
        if (!GrainName.IsValidKey(client))
        {
            throw CaseloadResolvers.BadInput("client", "This is no id of a client.");
        }
        var from = call.Arguments.Get<DateOnly>("from");
        var report = new LogReport(
            register, client, from, AuditResolvers.DemandOrder(from, call.Arguments.Get<DateOnly>("to")));
        if (AccessPolicy.MayAudit(caller, register))
        {
            // Who was never in the register has no lines there, and gets none by being asked about.
            await platform.Uses.Audited(
                caller, register, UseNames.LogReport,
                $" from={report.From:O} to={report.To:O} client={client}",
                await HasLines(report with { From = DateOnly.MinValue, To = DateOnly.MaxValue }, register)
                    ? [client] : []);
            return report;
        }
        var state = await StateOf(call, client);
        return state is not null && RegisterOf(state.Municipality) == RegisterOf(register) && (IsAskedFor(state, report)
            || (state.MergedInto is { } survivor && await StateOf(call, survivor.SurvivorId) is { } other
                && IsAskedFor(other, report)))
            ? report
            : throw CaseloadResolvers.BadInput("from", "No request of this client in this register has these days.");
    }

    /// <summary>Of whom the register has nothing, it learns nothing: another register's client is not there.</summary>
    private async ValueTask<IReadOnlyList<LogSubject>> Subjects(FieldCall call)
    {
        call.DemandBody();
        var (caller, register) = (call.Caller(), call.RegisterAudited());
        if (call.Arguments.Get<PersonalText>("identityCode").Reveal() is not { Length: > 0 } code)
        {
            throw CaseloadResolvers.BadInput("identityCode", "This must not be empty.");
        }
        _searches.Add(caller.Actor);
        var (erased, here) = (await _lookUps.Find(code), await platform.Projections.Search.Everywhere(code));
        var subjects = new List<LogSubject>();
        foreach (var client in erased.Concat(here).Distinct(StringComparer.Ordinal))
        {
            var report = new LogReport(register, client, DateOnly.MinValue, DateOnly.MaxValue);
            if (IsIn(register, client) || await HasLines(report, register))
            {
                subjects.Add(new LogSubject(client, erased.Contains(client)));
            }
        }
        await platform.Uses.Audited(
            caller, register, UseNames.LogLookUp, "", [.. subjects.Select(subject => subject.ClientId)]);
        return subjects;
    }

    private async ValueTask<ClientState?> StateOf(FieldCall call, string client) =>
        (await platform.Grains.Until(call.Cancelled).Read<ClientState>(
            GrainName.Client(client), new ReadRequest(call.Caller(), ReadKind.UseLog))).StateOrFault(What, "client");

    private bool IsIn(string register, string client) =>
        platform.Caseloads.CodeOf(client) is { } code && (code == register || RegisterOf(code) == register);

    private string RegisterOf(string municipality) => platform.Services.RegisterOf(municipality);

    private bool IsAskedFor(ClientState client, LogReport report) => client.LogRequests.Any(
        request => request.LetsRead && RegisterOf(request.Register) == RegisterOf(report.Register)
            && request.From <= report.From && report.To <= request.To);

    private async ValueTask<bool> HasLines(LogReport report, string register)
    {
        var any = report.LinesIn(register) with { Max = 1 };
        return (await _logs.Accesses(any)).Count > 0 || (await _logs.Disclosures(any)).Count > 0;
    }

    /// <summary>Of the registers that the caller answers for, those that have lines of these days, too.</summary>
    private async ValueTask<IReadOnlyList<string>> OtherRegisters(Caller caller, LogReport report)
    {
        var others = new List<string>();
        foreach (var register in caller.Reach.Municipalities.Where(code => code != report.Register))
        {
            if (AccessPolicy.MayReport(caller, register) && await HasLines(report, register))
            {
                others.Add(register);
            }
        }
        return others;
    }

    private IReadOnlyList<string> Absorbed(LogReport report) =>
    [
        // What a municipality decided before its county's first day is there.
        .. platform.Services.MunicipalitiesOf(report.Register).Append(report.Register).Distinct(StringComparer.Ordinal)
            .SelectMany(code => platform.Caseloads.MunicipalityOf(code)?.Merges ?? [])
            .Where(merge => merge.SurvivorId == report.ClientId && merge.Outcome is MergeOutcome.Merged)
            .Select(merge => merge.DuplicateId),
    ];

    /// <summary>The history says it, coded: no line of the use log repeats what is there for as long as the client is.
    /// </summary>
    private async ValueTask<IReadOnlyList<RecordedUse>> Recorded(LogReport report)
    {
        var days = report.Lines;
        var past = (await platform.Store.Load(GrainName.Client(report.ClientId), afterVersion: 0)).Events;
        return
        [
            .. from stored in past.Reverse()
               where IsOf(stored)
                   && stored.RecordedAt >= days.From && stored.RecordedAt < days.To
               select new RecordedUse(
                   stored.RecordedAt, stored.Actor, stored.Type,
                   Origin(stored)),
        ];

        // A county has no sources of its own: its municipalities say where their data come from.
        DataSource? Origin(in StoredEvent stored) => platform.Caseloads.MunicipalityOf(stored.Municipality) is { } said
            ? RecordedOrigins.Of(said, stored)
            : null;

        // Recorded before a county's first day, it was in the register of the municipality.
        bool IsOf(in StoredEvent stored) => platform.Services.Registers.Of(
            stored.Municipality, GrainServices.DayOf(stored.RecordedAt)) == report.Register;
    }

    private async ValueTask<IReadOnlyList<RegisterLogRequest>> Requests(FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.RegisterReported());
        var takes = Asked(call);
        await CaseloadResolvers.Seen(platform, call);
        RegisterLogRequest[] requests =
        [
            .. platform.Caseloads.AskEach(
                platform.Services.MunicipalitiesOf(register), caseload => caseload.LogRequests.Where(takes).ToArray())
                .SelectMany(some => some).OrderBy(request => request.DueOn)
                .ThenBy(request => request.ClientId, StringComparer.Ordinal),
        ];
        var what = List + (call.Selects("reason") || call.Selects("note") ? " words" : "");
        string[] clients = [.. requests.Select(request => request.ClientId).Distinct()];
        await (AccessPolicy.MayAudit(caller, register)
            ? platform.Uses.Audited(caller, register, what, "", clients)
            : platform.Uses.Listed(
                caller, register, what,
                [.. clients.Select(client => new ListedClient(client, AccessBasis.Coordination))]));
        return requests;
    }

    /// <summary>Those that wait, or those answered within some days: the last year unless the call says them.</summary>
    private Func<RegisterLogRequest, bool> Asked(FieldCall call)
    {
        if (!call.Arguments.Get<bool>("answered"))
        {
            return request => request.Outcome is null;
        }
        var to = call.Arguments.GetOrDefault<DateOnly?>("to") ?? platform.Services.Clock().Today;
        var from = call.Arguments.GetOrDefault<DateOnly?>("from")
            ?? (to.Year > DateOnly.MinValue.Year ? to.AddYears(-1) : DateOnly.MinValue);
        AuditResolvers.DemandOrder(from, to);
        return request => request.AnsweredOn >= from && request.AnsweredOn <= to;
    }

    private bool IsLate(RegisterLogRequest request) =>
        request.DueOn < (request.AnsweredOn ?? platform.Services.Clock().Today);

    private async ValueTask<IReadOnlyList<PersonalText?>> Words(
        IReadOnlyList<RegisterLogRequest> requests, Func<AskedWords, PersonalText?> part)
    {
        var words = new Dictionary<string, IReadOnlyDictionary<string, AskedWords>>(StringComparer.Ordinal);
        foreach (var client in requests.Select(request => request.ClientId).Distinct())
        {
            words.Add(client, await _words.Of(client));
        }
        return
        [
            .. requests.Select(request =>
                words[request.ClientId].GetValueOrDefault(request.RequestId) is { } own ? part(own) : null),
        ];
    }
}
