using System.Collections.Immutable;
using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>A drop-in centre as folded from its events: counts, never persons.</summary>
public sealed record DropInCentreState
{
    /// <summary>The registration; null until there is one.</summary>
    public DropInCentreRegistered? Registered { get; init; }

    /// <summary>The day of registration.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>The weekdays it is open at present.</summary>
    public IReadOnlyList<Weekday> OpeningDays { get; init; } = [];

    /// <summary>Since when which weekdays, in the order they began.</summary>
    public IReadOnlyList<OpeningPeriod> OpeningPeriods { get; init; } = [];

    /// <summary>Days that go otherwise than their weekday.</summary>
    public ImmutableSortedDictionary<DateOnly, DayException> Exceptions { get; init; } =
        ImmutableSortedDictionary<DateOnly, DayException>.Empty;

    /// <summary>Different persons by year, where the centre counted them.</summary>
    public ImmutableSortedDictionary<int, int> YearlyPersons { get; init; } =
        ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>What was counted, by day.</summary>
    public ImmutableSortedDictionary<DateOnly, CentreDay> Days { get; init; } =
        ImmutableSortedDictionary<DateOnly, CentreDay>.Empty;

    /// <summary>Days marked as closed, in rising order.</summary>
    public IReadOnlyList<DateOnly> ClosedDays { get; init; } = [];

    /// <summary>Work beyond the office, by month and method.</summary>
    public IReadOnlyList<WorkDone> Work { get; init; } = [];

    /// <summary>Visitors' answers to measures, as sums by year.</summary>
    public IReadOnlyList<AnswerSum> Answers { get; init => field = value ?? []; } = [];

    /// <summary>Groups, whether they run or have ended.</summary>
    public IReadOnlyList<Group> Groups { get; init; } = [];
}
