namespace OsstOrleans.Simulation;

/// <summary>
/// Made-up statistics of all residents aged 18-64, so that the panel can be looked at. All assumptions, and the same in
/// every arm; <see cref="Effect"/> puts an effect in, to see whether the evaluation finds it.
/// </summary>
public sealed record PanelAssumptions
{
    /// <summary>The first month: twelve months before both experiments.</summary>
    public DateOnly From { get; init; } = new(2016, 8, 1);

    /// <summary>The last month.</summary>
    public DateOnly Through { get; init; } = new(2019, 12, 1);

    /// <summary>Residents aged 18-64 of a thousand inhabitants.</summary>
    public int WorkingAgePerThousand { get; init; } = 580;

    /// <summary>Residents on assistance of a hundred thousand, in the municipality's first month.</summary>
    public (int Least, int Most) OnAssistance { get; init; } = (4_000, 7_000);

    /// <summary>So many fewer of a hundred thousand each month, everywhere: times got better.</summary>
    public int Trend { get; init; } = 20;

    /// <summary>So many more or fewer of a hundred thousand in a month, at most.</summary>
    public int Noise { get; init; } = 120;

    /// <summary>So many fewer of a hundred thousand in the months of OSST. 0 is no effect.</summary>
    public int Effect { get; init; }
}
