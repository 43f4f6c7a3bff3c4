namespace OsstOrleans.Grains.Programme;

/// <summary>Something asked of a programme's grain: the experiment itself.</summary>
public interface IProgrammeCommand : ICommand;

/// <summary>Something that happened to a programme. Names are the stored format: they may only grow.</summary>
public interface IProgrammeEvent : IEvent;

/// <summary>Starts a programme, such as <em>osallistavan sosiaaliturvan kokeilu</em> 1.1.2018-31.3.2019.</summary>
/// <param name="Name">Its name.</param>
/// <param name="StartsOn">Its first day.</param>
/// <param name="EndsOn">Its last day, which belongs to it.</param>
/// <param name="BudgetCents">Its budget in cents; zero or more.</param>
public sealed record StartProgramme(string Name, DateOnly StartsOn, DateOnly EndsOn, long BudgetCents)
    : IProgrammeCommand;

/// <summary>Extends the programme, as STM did on 10.12.2018.</summary>
/// <param name="EndsOn">The new last day, later than the old one.</param>
public sealed record ExtendProgramme(DateOnly EndsOn) : IProgrammeCommand;

/// <summary>Changes the budget.</summary>
/// <param name="BudgetCents">The new budget in cents; zero or more.</param>
public sealed record ChangeBudget(long BudgetCents) : IProgrammeCommand;

/// <summary>The programme was set up.</summary>
[StoredAs("programme.started", TellsOfNoPerson = true)]
public sealed record ProgrammeStarted(string Name, DateOnly StartsOn, DateOnly EndsOn, long BudgetCents)
    : IProgrammeEvent;

/// <summary>The programme lasts longer.</summary>
[StoredAs("programme.extended", TellsOfNoPerson = true)]
public sealed record ProgrammeExtended(DateOnly EndsOn, DateOnly PreviousEndsOn) : IProgrammeEvent;

/// <summary>The budget changed, in cents.</summary>
[StoredAs("programme.budget-changed", TellsOfNoPerson = true)]
public sealed record BudgetChanged(long BudgetCents) : IProgrammeEvent;
