using OsstOrleans.Grains;

namespace OsstOrleans.Simulation;

/// <summary>How far a loaded step can be trusted; it is written into the stored actor of every event.</summary>
public enum StepOrigin
{
    /// <summary>From a public source, which the data set names.</summary>
    Published = 1,

    /// <summary>An example in the place of a value that no public source gives.</summary>
    Placeholder = 2,

    /// <summary>Made up from documented distributions.</summary>
    Synthetic = 3,
}

/// <summary>One command to be sent to one grain.</summary>
/// <param name="Grain">The grain it is meant for.</param>
/// <param name="Command">The command.</param>
/// <param name="OccurredOn">The day it is said to have happened.</param>
/// <param name="CommandId">Derived from a stable name, so that the same step sent twice is taken once.</param>
/// <param name="Origin">How far it can be trusted.</param>
public sealed record LoadStep(
    GrainName Grain, ICommand Command, DateOnly OccurredOn, Guid CommandId, StepOrigin Origin);

/// <summary>Everything that is loaded into one grain, in the order it must arrive.</summary>
public sealed record GrainSteps(GrainName Grain, IReadOnlyList<LoadStep> Steps);
