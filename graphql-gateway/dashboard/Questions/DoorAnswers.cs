namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>Door.graphql</c>.</summary>
public sealed record DoorAnswer(DoorCentresAnswer? Municipality);

public sealed record DoorCentresAnswer(IReadOnlyList<DoorCentreAnswer> DropInCentres);

public sealed record DoorCentreAnswer(string DropInCentreId, string Name, IReadOnlyList<DoorDayAnswer> Days);

public sealed record DoorDayAnswer(int? Visits);

/// <summary>The answer to <c>CountVisits.graphql</c>.</summary>
public sealed record CountVisitsAnswer(CountedAnswer CountVisits);

public sealed record CountedAnswer(bool Accepted, IReadOnlyList<RefusalAnswer> UserErrors);
