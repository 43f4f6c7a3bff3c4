using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.Programme;

/// <summary>A programme as folded from its events.</summary>
public sealed record ProgrammeState
{
    /// <summary>The programme as set up; null until it was.</summary>
    public ProgrammeStarted? Started { get; init; }

    /// <summary>The last day at present, after any extension; null until set up.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>The budget at present, in cents.</summary>
    public long BudgetCents { get; init; }

    /// <summary>Municipalities and their times in the programme, in the order they joined.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>What was decided on methods for all, by rising first day.</summary>
    public IReadOnlyList<MethodDecision> MethodDecisions { get; init => field = value ?? []; } = [];
}
