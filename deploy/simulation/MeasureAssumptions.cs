namespace OsstOrleans.Simulation;

/// <summary>Answers to ESIS. All assumptions, and the same in every arm: they must not look like an effect.</summary>
public sealed record MeasureAssumptions
{
    /// <summary>Probability that a client who was met consents to answer.</summary>
    public double Consents { get; init; } = 0.4;

    /// <summary>Probability of a further set of answers, each time.</summary>
    public double AnswersAgain { get; init; } = 0.65;

    /// <summary>Sets of answers of one client, at most.</summary>
    public int MostSets { get; init; } = 4;

    /// <summary>Days from one set to the next.</summary>
    public (int Least, int Most) DaysBetween { get; init; } = (60, 200);

    /// <summary>Probability that an item is a step higher or lower than the client's level, each.</summary>
    public double ItemVaries { get; init; } = 0.3;

    /// <summary>Probability that the level rises by a step until the next set, and that it falls.</summary>
    public (double Rises, double Falls) Changes { get; init; } = (0.2, 0.12);

    /// <summary>Probability that an item is left open.</summary>
    public double LeftOpen { get; init; } = 0.004;

    /// <summary>Probability that the consent is withdrawn later.</summary>
    public double Withdraws { get; init; } = 0.03;

    /// <summary>Visitors of a centre who answer on its day in spring and in autumn.</summary>
    public (int Least, int Most) Visitors { get; init; } = (6, 16);
}
