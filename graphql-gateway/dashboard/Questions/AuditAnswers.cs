namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>AccessAudit.graphql</c>.</summary>
public sealed record AccessAuditAnswer(LinesAnswer<AuditLineAnswer>? AccessAudit);

/// <summary>A line of either log; the client is null for a line of a whole register.</summary>
public sealed record AuditLineAnswer(string Kind, string? ClientId, UseAnswer? Use, DisclosureAnswer? Disclosure);

/// <summary>The answer to <c>UnusualUse.graphql</c>.</summary>
public sealed record UnusualUseAnswer(UnusualDayAnswer? UnusualUse);

/// <summary>What is out of the usual on a day; not complete where only its last lines were looked at.</summary>
public sealed record UnusualDayAnswer(
    DateOnly Day, bool IsComplete, DateTimeOffset? LookedFrom, IReadOnlyList<UnusualAnswer> Found);

public sealed record UnusualAnswer(
    string Kind, IReadOnlyList<string> Actors, int Count, int Threshold, DateTimeOffset From, DateTimeOffset To);

/// <summary>The answers to commands about a client's request for log lines; one of them is there.</summary>
public sealed record LogCommandAnswer(
    DoneAnswer? RequestLogReport, DoneAnswer? GiveLogReport, DoneAnswer? RefuseLogReport)
{
    public DoneAnswer? Answer => RequestLogReport ?? GiveLogReport ?? RefuseLogReport;
}

/// <summary>What became of a command, and where the log has it, so that a list shows it.</summary>
public sealed record DoneAnswer(bool Accepted, long? Position, IReadOnlyList<RefusalAnswer> UserErrors);
