namespace OsstOrleans.Grains;

/// <summary>
/// When something happened and when it was recorded; late recording is normal in social work. Both come from
/// outside (the host reads them from its TimeProvider), so a decider never asks for the time.
/// </summary>
/// <param name="OccurredOn">The day it happened, in Finland.</param>
/// <param name="Today">The day of recording, in Finland (Europe/Helsinki). Nothing may occur after it.</param>
/// <param name="RecordedAt">The instant of recording.</param>
public readonly record struct Moment(DateOnly OccurredOn, DateOnly Today, DateTimeOffset RecordedAt)
{
    /// <summary>Who records it, <c>role/subject</c>; empty where no person records anything.</summary>
    public string Actor { get => field ?? ""; init; }

    /// <summary>True where the sender gave no day, and it counts as the day of recording.</summary>
    public bool DayIsAssumed { get; init; }

    /// <summary>
    /// The workers of the register as whom that person acts today: the own identifier, and those of the workers for
    /// whom the person stands in.
    /// </summary>
    public IReadOnlyList<string> ActsAs { get => field ?? []; init; }

    /// <summary>The days of the month of whose births all documents are archived (254/2015: 8, 18, 28); mostly none.
    /// </summary>
    public IReadOnlyList<int> ArchivedBirthDays { get => field ?? []; init; }

    /// <summary>
    /// True where a start ends again what an earlier database has lost: a person had decided it, on another day.
    /// </summary>
    public bool EndsAgain { get; init; }

    /// <summary>
    /// True where another grain grants the rights of the register: what this one granted before its county did, counts
    /// no more.
    /// </summary>
    public bool RightsAreElsewhere { get; init; }

    /// <summary>Which register a municipality's clients are in.</summary>
    public Registers Registers { get => field ?? Registers.OfMunicipalities; init; }

    /// <summary>The code systems in use, by which codes are checked for the day it happened.</summary>
    public CodeRegister Codes { get => field ?? CodeRegister.BuiltIn; init; }
}
