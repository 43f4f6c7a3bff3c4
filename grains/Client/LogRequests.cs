using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>A command about a client's request for log lines. The lines name the staff, which so answers none: it is
/// for the coordinators and the officer for data protection of the register where the client asked.</summary>
public interface ILogCommand : IClientCommand
{
    /// <summary>Which request.</summary>
    string RequestId { get; }
}

/// <summary>An event by which a request for log lines waits no longer.</summary>
public interface IEndsLogRequest : IClientEvent
{
    /// <summary>Which request.</summary>
    string RequestId { get; }

    /// <summary>The municipality where the client asked; null in events of the first days.</summary>
    string? Register { get; }

    /// <summary>Who recorded it, <c>role/subject</c>; null in events of the first days.</summary>
    string? By { get; }

    /// <summary>What became of the request.</summary>
    LogRequestOutcome Outcome { get; }
}

/// <summary>What became of a request for log lines.</summary>
public enum LogRequestOutcome
{
    /// <summary>The client got the lines.</summary>
    Given = 1,

    /// <summary>A written decision refused it.</summary>
    Refused = 2,

    /// <summary>The client took it back, or it was recorded by mistake.</summary>
    Withdrawn = 3,
}

/// <summary>
/// Records that the client has asked in writing who used and who got the client's data, and why
/// (<em>lokitietopyyntö</em>, 703/2023 11 §). The answer is due within two months of the day of asking, from the
/// register where the client asked, also when the client has moved away. For its coordinators and its officer for data
/// protection.
/// </summary>
/// <param name="RequestId">The caller's identifier of the request.</param>
/// <param name="From">The first day that is asked about; two years before the asking when absent.</param>
/// <param name="To">The last day that is asked about; the day of asking when absent.</param>
/// <param name="Reason">The client's special reason; required for days more than two years before the asking.</param>
/// <param name="Note">What else the client asks, as an explanation of a use.</param>
public sealed record RequestLogReport(
    string RequestId, DateOnly? From = null, DateOnly? To = null, PersonalText? Reason = null,
    PersonalText? Note = null) : ILogCommand;

/// <summary>Records that the client got the answer to a request for log lines.</summary>
/// <param name="RequestId">Which request.</param>
/// <param name="Note">What was explained to the client beside the lines.</param>
public sealed record GiveLogReport(string RequestId, PersonalText? Note = null) : ILogCommand;

/// <summary>Records the written decision by which a request for log lines was refused.</summary>
/// <param name="RequestId">Which request.</param>
/// <param name="Grounds">The decision's grounds; required.</param>
public sealed record RefuseLogReport(string RequestId, PersonalText Grounds) : ILogCommand;

/// <summary>Records that the client took a request for log lines back, or that it was recorded by mistake. Nothing is
/// answered then, and a further request does not cost for it.</summary>
/// <param name="RequestId">Which request.</param>
public sealed record WithdrawLogRequest(string RequestId) : ILogCommand;

/// <summary>The client asked who used and who got the client's data.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="From">The first day asked about.</param>
/// <param name="To">The last day asked about.</param>
/// <param name="MayCost">True when the client got an answer within the year before: a further one may cost.</param>
/// <param name="Reason">Why older lines are asked for.</param>
/// <param name="Note">What else is asked.</param>
[StoredAs(
    "client.log-report-requested", TimelineKind.Registration, StaysInside = true, IsOfLogs = true,
    Words = WordClass.Basic)]
public sealed record LogReportRequested(
    string RequestId, DateOnly From, DateOnly To, bool MayCost, PersonalText? Reason, PersonalText? Note)
    : IClientEvent
{
    /// <summary>The municipality where the client asked; null in events of the first days.</summary>
    public string? Register { get; init; }
}

/// <summary>The client got the log lines asked for.</summary>
[StoredAs(
    "client.log-report-given", TimelineKind.Registration, StaysInside = true, IsOfLogs = true,
    Words = WordClass.Basic)]
public sealed record LogReportGiven(string RequestId, PersonalText? Note) : IEndsLogRequest
{
    /// <inheritdoc/>
    public string? Register { get; init; }

    /// <inheritdoc/>
    public string? By { get; init; }

    LogRequestOutcome IEndsLogRequest.Outcome => LogRequestOutcome.Given;
}

/// <summary>The request for log lines was refused by a written decision.</summary>
[StoredAs(
    "client.log-report-refused", TimelineKind.Registration, StaysInside = true, IsOfLogs = true,
    Words = WordClass.Basic)]
public sealed record LogReportRefused(string RequestId, PersonalText Grounds) : IEndsLogRequest
{
    /// <inheritdoc/>
    public string? Register { get; init; }

    /// <inheritdoc/>
    public string? By { get; init; }

    LogRequestOutcome IEndsLogRequest.Outcome => LogRequestOutcome.Refused;
}

/// <summary>The request for log lines was taken back.</summary>
[StoredAs("client.log-report-withdrawn", TimelineKind.Registration, StaysInside = true, IsOfLogs = true)]
public sealed record LogReportWithdrawn(string RequestId) : IEndsLogRequest
{
    /// <inheritdoc/>
    public string? Register { get; init; }

    /// <inheritdoc/>
    public string? By { get; init; }

    LogRequestOutcome IEndsLogRequest.Outcome => LogRequestOutcome.Withdrawn;
}

/// <summary>A request for log lines.</summary>
/// <param name="RequestId">The caller's identifier.</param>
/// <param name="RequestedOn">The day of asking.</param>
/// <param name="From">The first day asked about.</param>
/// <param name="To">The last day asked about.</param>
/// <param name="MayCost">True when the client got an answer within the year before.</param>
public sealed record LogRequest(string RequestId, DateOnly RequestedOn, DateOnly From, DateOnly To, bool MayCost)
{
    /// <summary>The municipality where the client asked, which answers.</summary>
    public string Register { get; init; } = "";

    /// <summary>The day of the answer; null while there is none.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>What became of it; null while it waits.</summary>
    public LogRequestOutcome? Outcome { get; init; }

    /// <summary>True when lines within its days are for the coordinators, who answer it or have answered it.</summary>
    public bool LetsRead => Outcome is null or LogRequestOutcome.Given;
}

/// <summary>The rules of the client's own right to the logs about the client (703/2023 11 §).</summary>
public static class LogRequests
{
    /// <summary>How old lines are given without a special reason.</summary>
    public const int UsualYears = 2;

    /// <summary>How many months there are to answer.</summary>
    public const int MonthsToAnswer = 2;

    /// <summary>The last day on which a request is answered in time.</summary>
    public static DateOnly DueOn(DateOnly requestedOn) => requestedOn.AddMonths(MonthsToAnswer);

    internal static Decision Request(ClientState client, RequestLogReport command, Moment moment)
    {
        var on = moment.OccurredOn;
        var (from, to) = (command.From ?? on.AddYears(-UsualYears), command.To ?? on);
        var refused = Require.Id(command.RequestId, "requestId")
            ?? Require.Past(from, moment, "from") ?? Require.Past(to, moment, "to")
            ?? (to > on ? Refuse.Field(OutOfRange, "to", "This day lies after the asking.") : null)
            ?? Require.Period(from, to, "to")
            ?? (from < on.AddYears(-UsualYears) && command.Reason?.IsEmpty is not false
                ? Refuse.Field(FieldRequired, "reason", "Older lines are given for a special reason only.")
                : Require.Text(command.Reason, "reason"))
            ?? Require.Text(command.Note, "note");
        return refused is not null ? refused
            : Find(client, command.RequestId) is { } known
                ? (known.RequestedOn, known.From, known.To) == (on, from, to) ? Decision.Nothing
                    : Refuse.Field(LogRequestIdTaken, "requestId", "This request is known with other days.")
            : client.LogRequests.Count >= Limits.LogRequests ? Refuse.Limit("requestId", Limits.LogRequests)
            : Decision.Happened(new LogReportRequested(
                command.RequestId, from, to, MayCost(client, on), command.Reason, command.Note)
            {
                Register = client.Municipality,
            });
    }

    internal static Decision Give(ClientState client, GiveLogReport command, Moment moment) =>
        Require.Text(command.Note, "note") is { } refused ? refused
        : End(client, command, LogRequestOutcome.Given, moment, register =>
            new LogReportGiven(command.RequestId, command.Note) { Register = register, By = moment.Actor });

    internal static Decision Deny(ClientState client, RefuseLogReport command, Moment moment) =>
        Require.Words(command.Grounds, "grounds") is { } refused ? refused
        : End(client, command, LogRequestOutcome.Refused, moment, register =>
            new LogReportRefused(command.RequestId, command.Grounds) { Register = register, By = moment.Actor });

    internal static Decision Withdraw(ClientState client, WithdrawLogRequest command, Moment moment) =>
        End(client, command, LogRequestOutcome.Withdrawn, moment, register =>
            new LogReportWithdrawn(command.RequestId) { Register = register, By = moment.Actor });

    /// <summary>What ends a request is left to the register where the client asked: its lines are asked for.</summary>
    internal static string? LeftTo(ClientState client, ICommand command) =>
        command is ILogCommand asked and not RequestLogReport
            && Find(client, asked.RequestId) is { Register.Length: > 0 } known ? known.Register : null;

    /// <summary>True while the client waits for an answer, wherever it was asked for.</summary>
    internal static bool AnyWaits(ClientState client) => client.LogRequests.Any(request => request.Outcome is null);

    /// <summary>Nothing more is recorded of an erased client: a request could not be answered any more.</summary>
    internal static Rejection? HoldsErasure(ClientState client, string field) => AnyWaits(client)
        ? Refuse.Step(LogRequestWaits, field, "The client waits for an answer about the logs; answer it first.")
        : null;

    internal static ClientState Evolve(ClientState client, LogReportRequested happened, DateOnly on) => client with
    {
        LogRequests =
        [
            .. client.LogRequests,
            new LogRequest(happened.RequestId, on, happened.From, happened.To, happened.MayCost)
            {
                Register = happened.Register ?? client.Municipality,
            },
        ],
    };

    internal static ClientState Evolve(ClientState client, IEndsLogRequest happened, DateOnly on) => client with
    {
        LogRequests =
        [
            .. client.LogRequests.Select(known => known.RequestId != happened.RequestId ? known
                : known with { AnsweredOn = on, Outcome = happened.Outcome }),
        ],
    };

    /// <summary>A request ends once.</summary>
    private static Decision End(
        ClientState client, ILogCommand command, LogRequestOutcome outcome, Moment moment,
        Func<string, IEndsLogRequest> happened) =>
        Find(client, command.RequestId) is not { } known
            ? Refuse.Step(LogRequestUnknown, "requestId", "The client has made no such request.")
        : known.Outcome is not null
            ? known.Outcome == outcome ? Decision.Nothing
                : Refuse.Step(LogRequestAnswered, "requestId", "This request was answered otherwise.")
        : moment.OccurredOn < known.RequestedOn
            ? Refuse.Field(OutOfRange, "occurredOn", "The client asked after this day.")
        : Decision.Happened(happened(known.Register));

    private static bool MayCost(ClientState client, DateOnly on) => client.LogRequests.Any(known =>
        known is { AnsweredOn: { } day, Outcome: LogRequestOutcome.Given } && day.AddYears(1) > on);

    private static LogRequest? Find(ClientState client, string requestId) =>
        client.LogRequests.FirstOrDefault(known => known.RequestId == requestId);
}
