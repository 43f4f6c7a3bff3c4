namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>Centres.graphql</c>.</summary>
public sealed record CentresAnswer(
    IReadOnlyList<CentresOfAnswer> Municipalities, DropInAnswer DropInMetrics, ProgrammeAnswer? Programme = null);

public sealed record CentresOfAnswer(
    string Code, string Name, string? SwedishName, IReadOnlyList<ListedCentreAnswer> DropInCentres);

public sealed record ListedCentreAnswer(
    string DropInCentreId, string Name, IReadOnlyList<string> OpeningDays, IReadOnlyList<GroupEndAnswer> Groups,
    IReadOnlyList<CentreYearAnswer> Years)
{
    /// <summary>The last year of which something was counted; null before any.</summary>
    public CentreYearAnswer? LastYear => Years.LastOrDefault(year => year.CountedDays > 0);
}

public sealed record GroupEndAnswer(DateOnly? EndedOn);

/// <summary>A centre's year: a number is null where it was not counted, or is withheld.</summary>
public sealed record CentreYearAnswer(
    int Year, int OpeningDays, int CountedDays, int? Visits, int? Persons, int Groups, int Sessions, int? Attendance,
    int PeerExpertDays, int VolunteerDays, bool Withheld);

/// <summary>The answer to <c>Centre.graphql</c>.</summary>
public sealed record OneCentreAnswer(
    CentreDetailsAnswer? DropInCentre, IReadOnlyList<NameAnswer> Municipalities, ProgrammeAnswer? Programme);

public sealed record CentreDetailsAnswer(
    string DropInCentreId, string Municipality, string Name, string? Place, DateOnly RegisteredOn,
    IReadOnlyList<string> OpeningDays, IReadOnlyList<CentreGroupAnswer> Groups, IReadOnlyList<CentreYearAnswer> Years,
    DropInAnswer Metrics);

/// <summary>A group; its participants are for the municipality's own staff.</summary>
public sealed record CentreGroupAnswer(
    string Name, DateOnly StartedOn, DateOnly? EndedOn, int Sessions, long? Participants);
