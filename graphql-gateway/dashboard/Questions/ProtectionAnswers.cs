namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>Restrictions.graphql</c>.</summary>
public sealed record RestrictionsAnswer(IReadOnlyList<RestrictionAnswer> Restrictions);

/// <summary>A restriction that a client asked for; granted on no day while it waits.</summary>
public sealed record RestrictionAnswer(
    string ClientId, string Ground, DateOnly RequestedOn, DateOnly DueOn, bool IsLate, DateOnly? GrantedOn);

/// <summary>The answer to <c>RetentionDue.graphql</c>.</summary>
public sealed record RetentionDueAnswer(LinesAnswer<RetentionAnswer> RetentionDue);

/// <summary>What is to be destroyed: a client's matter, or the whole client without a number.</summary>
public sealed record RetentionAnswer(
    string ClientId, int? Matter, DateOnly ClosedOn, DateOnly EndedOn, bool IsHeld);
