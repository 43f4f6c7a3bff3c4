namespace OsstOrleans.Dashboard.Questions;

/// <summary>What is known of a figure. A picture never leaves one blank.</summary>
public enum FigureState
{
    /// <summary>The figure, exactly; it may be zero.</summary>
    Shown = 1,

    /// <summary>A sum of which parts are withheld: at least this much.</summary>
    AtLeast = 2,

    /// <summary>A small group that is not shown.</summary>
    Withheld = 3,

    /// <summary>It cannot exist here, as visits where there is no drop-in centre.</summary>
    NotCovered = 4,

    /// <summary>Nothing was counted so far.</summary>
    NotYet = 5,

    /// <summary>Nothing was counted in a time that is over.</summary>
    NotCounted = 6,
}

/// <summary>A figure and what is known of it.</summary>
public readonly record struct Figure(FigureState State, long Value = 0)
{
    public static readonly Figure Withheld = new(FigureState.Withheld);

    public static readonly Figure NotCovered = new(FigureState.NotCovered);

    public static readonly Figure NotYet = new(FigureState.NotYet);

    public static readonly Figure NotCounted = new(FigureState.NotCounted);

    /// <summary>True when there is a number to show.</summary>
    public bool HasValue => State is FigureState.Shown or FigureState.AtLeast;

    public static Figure Of(long value) => new(FigureState.Shown, value);

    /// <summary>A count of the contract, where null means withheld.</summary>
    public static Figure Of(int? count) => count is { } value ? Of((long)value) : Withheld;

    /// <summary>
    /// A count that is summed over municipalities: where parts of some are withheld, it is at least this much.
    /// </summary>
    public static Figure OfPartial(int? count, bool withheld) => count switch
    {
        null => Withheld,
        { } value when withheld => new Figure(FigureState.AtLeast, value),
        { } value => Of((long)value),
    };

    /// <summary>
    /// The sum: at least what is known where a part is withheld, and withheld where all parts are.
    /// </summary>
    public static Figure Sum(IReadOnlyCollection<Figure> parts)
    {
        var known = parts.Where(part => part.HasValue).ToArray();
        return known.Length == 0
            ? (parts.Count == 0 ? NotYet : parts.First())
            : new Figure(
                known.Length == parts.Count && known.All(part => part.State is FigureState.Shown)
                    ? FigureState.Shown
                    : FigureState.AtLeast,
                known.Sum(part => part.Value));
    }
}
