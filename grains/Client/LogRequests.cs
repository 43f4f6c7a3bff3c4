using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records that the client has asked in writing who used and who got the client's data, and why
/// (<em>lokitietopyyntö</em>, 703/2023 11 §). The answer is due within two months of the day of asking. For the
/// register's coordinators and the officer for data protection.
/// </summary>
/// <param name="RequestId">The caller's identifier of the request.</param>
/// <param name="From">The first day that is asked about; two years before the asking when absent.</param>
/// <param name="To">The last day that is asked about; the day of asking when absent.</param>
/// <param name="Reason">The client's special reason; required for days more than two years before the asking.</param>
/// <param name="Note">What else the client asks, as an explanation of a use.</param>
public sealed record RequestLogReport(
    string RequestId, DateOnly? From = null, DateOnly? To = null, PersonalText? Reason = null,
    PersonalText? Note = null) : IClientCommand;

/// <summary>Records that the client got the answer to a request for log lines.</summary>
/// <param name="RequestId">Which request.</param>
/// <param name="Note">What was explained to the client beside the lines.</param>
public sealed record GiveLogReport(string RequestId, PersonalText? Note = null) : IClientCommand;

/// <summary>Records the written decision by which a request for log lines was refused.</summary>
/// <param name="RequestId">Which request.</param>
/// <param name="Grounds">The decision's grounds; required.</param>
public sealed record RefuseLogReport(string RequestId, PersonalText Grounds) : IClientCommand;

/// <summary>The client asked who used and who got the client's data.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="From">The first day asked about.</param>
/// <param name="To">The last day asked about.</param>
/// <param name="MayCost">True when the client got an answer within the year before: a further one may cost.</param>
/// <param name="Reason">Why older lines are asked for.</param>
/// <param name="Note">What else is asked.</param>
[StoredAs("client.log-report-requested", TimelineKind.Registration, StaysInside = true)]
public sealed record LogReportRequested(
    string RequestId, DateOnly From, DateOnly To, bool MayCost, PersonalText? Reason, PersonalText? Note)
    : IClientEvent;

/// <summary>The client got the log lines asked for.</summary>
[StoredAs("client.log-report-given", TimelineKind.Registration, StaysInside = true)]
public sealed record LogReportGiven(string RequestId, PersonalText? Note) : IClientEvent;

/// <summary>The request for log lines was refused by a written decision.</summary>
[StoredAs("client.log-report-refused", TimelineKind.Registration, StaysInside = true)]
public sealed record LogReportRefused(string RequestId, PersonalText Grounds) : IClientEvent;

/// <summary>A request for log lines.</summary>
/// <param name="RequestId">The caller's identifier.</param>
/// <param name="RequestedOn">The day of asking.</param>
/// <param name="From">The first day asked about.</param>
/// <param name="To">The last day asked about.</param>
/// <param name="MayCost">True when the client got an answer within the year before.</param>
public sealed record LogRequest(string RequestId, DateOnly RequestedOn, DateOnly From, DateOnly To, bool MayCost)
{
    /// <summary>The day of the answer; null while there is none.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>True when the answer was a refusal.</summary>
    public bool IsRefused { get; init; }
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
                command.RequestId, from, to, MayCost(client, on), command.Reason, command.Note));
    }

    internal static Decision Give(ClientState client, GiveLogReport command, Moment moment) =>
        Require.Text(command.Note, "note") is { } refused ? refused
        : Answer(client, command.RequestId, moment, isRefused: false)
            ?? Decision.Happened(new LogReportGiven(command.RequestId, command.Note));

    internal static Decision Deny(ClientState client, RefuseLogReport command, Moment moment) =>
        Require.Words(command.Grounds, "grounds") is { } refused ? refused
        : Answer(client, command.RequestId, moment, isRefused: true)
            ?? Decision.Happened(new LogReportRefused(command.RequestId, command.Grounds));

    internal static ClientState Evolve(ClientState client, LogReportRequested happened, DateOnly on) => client with
    {
        LogRequests =
        [
            .. client.LogRequests,
            new LogRequest(happened.RequestId, on, happened.From, happened.To, happened.MayCost),
        ],
    };

    internal static ClientState Answered(ClientState client, string requestId, bool isRefused, DateOnly on) =>
        client with
        {
            LogRequests =
            [
                .. client.LogRequests.Select(known => known.RequestId != requestId ? known
                    : known with { AnsweredOn = on, IsRefused = isRefused }),
            ],
        };

    /// <summary>What there is to say to an answer but that it happened.</summary>
    private static Decision? Answer(ClientState client, string requestId, Moment moment, bool isRefused) =>
        Find(client, requestId) is not { } known
            ? Refuse.Step(LogRequestUnknown, "requestId", "The client has made no such request.")
        : known.AnsweredOn is not null
            ? known.IsRefused == isRefused ? Decision.Nothing
                : Refuse.Step(LogRequestAnswered, "requestId", "This request was answered otherwise.")
        : moment.OccurredOn < known.RequestedOn
            ? Refuse.Field(OutOfRange, "occurredOn", "The client asked after this day.")
        : default(Decision?);

    private static bool MayCost(ClientState client, DateOnly on) => client.LogRequests.Any(known =>
        known is { AnsweredOn: { } day, IsRefused: false } && day.AddYears(1) > on);

    private static LogRequest? Find(ClientState client, string requestId) =>
        client.LogRequests.FirstOrDefault(known => known.RequestId == requestId);
}
