namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>LogRequests.graphql</c>.</summary>
public sealed record LogRequestsAnswer(IReadOnlyList<LogRequestAnswer> LogRequests);

/// <summary>A client's request for log lines that waits for an answer.</summary>
public sealed record LogRequestAnswer(
    string ClientId, string RequestId, DateOnly RequestedOn, DateOnly DueOn, bool IsLate, DateOnly From, DateOnly To,
    bool MayCost);

/// <summary>The answer to <c>LogReport.graphql</c>.</summary>
public sealed record LogReportAnswer(RegisterNameAnswer Municipality, ReportAnswer LogReport);

/// <summary>A register's names.</summary>
public sealed record RegisterNameAnswer(string Name, string? SwedishName);

/// <summary>Pages of both logs.</summary>
public sealed record ReportAnswer(
    LinesAnswer<UseAnswer> Uses, LinesAnswer<DisclosureAnswer> Disclosures, IReadOnlyList<RecordedAnswer> Recorded);

/// <summary>Who recorded something of the client; what by its stored name.</summary>
public sealed record RecordedAnswer(DateTimeOffset At, string Actor, string What);

/// <summary>A page of a log or list, and where it ends.</summary>
public sealed record LinesAnswer<T>(EndAnswer PageInfo, IReadOnlyList<T> Nodes);

/// <summary>Where a page ends.</summary>
public sealed record EndAnswer(bool HasNextPage, string? EndCursor);

/// <summary>A line of the disclosure log.</summary>
public sealed record DisclosureAnswer(
    DateTimeOffset At, string What, string Recipient, string Purpose, string LegalBasis);
