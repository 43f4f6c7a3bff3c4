namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>Own.graphql</c>.</summary>
public sealed record OwnAnswer(
    OwnListsAnswer Worklists, WorkersAnswer CaseloadMetrics, WorkersAnswer Closed, OwnMunicipalityAnswer? Municipality,
    ProgrammeAnswer? Programme);

/// <summary>A municipality, and how many clients with an open matter it lets a worker have; null for no limit.
/// </summary>
public sealed record OwnMunicipalityAnswer(string Code, string Name, string? SwedishName, int? CaseloadLimit);

/// <summary>The answer to <c>OwnWorker.graphql</c>.</summary>
public sealed record OwnWorkerAnswer(WorkersClientsAnswer Caseload);

public sealed record WorkersClientsAnswer(int TotalCount, IReadOnlyList<OwnEntryAnswer> Nodes);

public sealed record OwnListsAnswer(SeenAnswer AsOf, IReadOnlyList<WorklistAnswer> Lists);

public sealed record WorkersAnswer(SeenAnswer AsOf, bool Withheld, IReadOnlyList<WorkerAnswer> ByWorker);

/// <summary>Clients of a worker, who is named by an id.</summary>
public sealed record WorkerAnswer(string WorkerId, int Count);

/// <summary>The answer to <c>OwnReviews.graphql</c>.</summary>
public sealed record OwnReviewsAnswer(
    IReadOnlyList<OpeningAnswer> OpeningsToReview, IReadOnlyList<UnregisteredWorkerAnswer> UnregisteredWorkers);

/// <summary>An opening without a relationship that waits for a review.</summary>
public sealed record OpeningAnswer(
    string ClientId, string OpenedBy, string Reason, DateTimeOffset OpenedAt, DateTimeOffset Until);

/// <summary>The answer to <c>OwnList.graphql</c>.</summary>
public sealed record OwnListAnswer(OwnListPageAnswer Worklists);

public sealed record OwnListPageAnswer(SeenAnswer AsOf, IReadOnlyList<OwnItemsAnswer> Lists);

public sealed record OwnItemsAnswer(string Kind, int Count, LinesAnswer<OwnItemAnswer> Items);

/// <summary>A page of a connection.</summary>
public sealed record NodesAnswer<T>(IReadOnlyList<T> Nodes);

public sealed record OwnItemAnswer(DateOnly DueOn, OwnEntryAnswer Entry);

public sealed record OwnEntryAnswer(
    string ClientId, string Status, string? Reason, int BirthYear, string? WorkerId, IReadOnlyList<string> Overdue);

/// <summary>The answer to <c>OwnClient.graphql</c>.</summary>
public sealed record OwnClientAnswer(ReadClientAnswer? Client);

/// <summary>A client as it is read. Words are null where there are none, or where they were erased.</summary>
public sealed record ReadClientAnswer(
    string ClientId, string? LastName, string? FirstNames, int BirthYear, bool Synthetic, DateOnly RegisteredOn,
    DateOnly? ErasedOn, DateOnly? SecurityBanSince, DateOnly? DisclosureProhibitedSince,
    ClientWorkerAnswer? Worker, ClosedAnswer? Closed, IReadOnlyList<DeadlineAnswer> Deadlines,
    IReadOnlyList<PlanAnswer> Plans, TimelineAnswer Timeline);

public sealed record ClientWorkerAnswer(string WorkerId, bool OwnWorker, DateOnly Since);

public sealed record ClosedAnswer(DateOnly ClosedOn);

public sealed record DeadlineAnswer(string Kind, DateOnly Since, DateOnly DueOn, DateOnly? MetOn);

public sealed record PlanAnswer(
    string PlanId, DateOnly MadeOn, DateOnly? NextReviewOn, bool FilledWithClient, string? ClientsView,
    string? ProfessionalsView, IReadOnlyList<string> Authors, IReadOnlyList<GoalAnswer> Goals,
    IReadOnlyList<ServiceAnswer> Services, IReadOnlyList<ReviewAnswer> Reviews);

public sealed record GoalAnswer(CodeAnswer Code, string? Description);

public sealed record ServiceAnswer(CodeAnswer Service, string? Description);

public sealed record ReviewAnswer(
    DateOnly ReviewedOn, string? WorkersAssessment, IReadOnlyList<GoalReviewAnswer> Attainments);

public sealed record GoalReviewAnswer(CodeAnswer Goal, string Attainment);

public sealed record TimelineAnswer(
    int TotalCount, EndAnswer PageInfo, IReadOnlyList<TimelineEntryAnswer> Nodes);

public sealed record TimelineEntryAnswer(
    long Version, DateOnly OccurredOn, DateTimeOffset RecordedAt, string Who, string Text,
    IReadOnlyList<OwnWordsAnswer> Words, long? InErrorBy, string Kind = "", string Type = "");

/// <summary>What a person said, in that person's words.</summary>
public sealed record OwnWordsAnswer(string Heading, string? Text);

/// <summary>The answer to <c>WhoLooked.graphql</c>.</summary>
public sealed record WhoLookedAnswer(LookedAtAnswer? Client);

public sealed record LookedAtAnswer(NodesAnswer<UseAnswer> AccessLog);

/// <summary>A line of the use log.</summary>
public sealed record UseAnswer(DateTimeOffset At, string Actor, string Purpose, string What, string? Basis);

/// <summary>The answer to <c>FindClients.graphql</c>.</summary>
public sealed record FindClientsAnswer(FoundAnswer FindClients);

/// <summary>Whom a search found; <c>OthersExist</c> where it names one whom the viewer may not open.</summary>
public sealed record FoundAnswer(IReadOnlyList<FoundClientAnswer> Clients, bool OthersExist, bool HasMore);

public sealed record FoundClientAnswer(
    string ClientId, string? LastName, string? FirstNames, int BirthYear, FoundEntryAnswer Entry);

public sealed record FoundEntryAnswer(string Status, string? WorkerId);

/// <summary>The answer to <c>ReviewOpening.graphql</c>.</summary>
public sealed record ReviewOpeningAnswer(OpenedAnswer ReviewOpening);

/// <summary>The answer to <c>OpenAccess.graphql</c>.</summary>
public sealed record OpenAccessAnswer(OpenedAnswer OpenAccess);

public sealed record OpenedAnswer(bool Accepted, IReadOnlyList<RefusalAnswer> UserErrors);

/// <summary>Why a command was refused, and the input's field that it is about.</summary>
public sealed record RefusalAnswer(string? Code, string? Field = null);
