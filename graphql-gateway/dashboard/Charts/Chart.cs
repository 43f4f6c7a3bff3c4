namespace OsstOrleans.Dashboard.Charts;

/// <summary>
/// A drawing of more than counts, in every form that it has: sentence, drawing, table, files, and what one must know
/// before believing it.
/// </summary>
/// <param name="Key">Its place on the page and the name of its files.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Sentence">What it says, in words.</param>
/// <param name="Sheet">Its figures.</param>
/// <param name="Drawing">Draws it; null where there is nothing to draw, and the sentence says why.</param>
public sealed record Chart(string Key, string Title, string Sentence, Sheet Sheet, IDrawing? Drawing)
{
    /// <summary>Stand beside the drawing, never in a tooltip.</summary>
    public IReadOnlyList<string> Caveats { get; init; } = [];

    /// <summary>What was asked of what: enough to ask again.</summary>
    public IReadOnlyList<(string Name, string Value)> Definition { get; init; } = [];
}

/// <summary>What can be drawn wide and narrow.</summary>
public interface IDrawing
{
    /// <summary>The drawing.</summary>
    Sketch Draw(bool isNarrow);
}

/// <summary>Rows of figures under heads: the table of a page, and the lines of a file.</summary>
/// <param name="Heads">In the viewer's language.</param>
/// <param name="Names">The columns' names in files.</param>
/// <param name="Rows">A cell for each head; the first one names the row.</param>
public sealed record Sheet(
    IReadOnlyList<string> Heads, IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<Cell>> Rows);

/// <summary>A cell: as people read it, and as programs do.</summary>
/// <param name="Text">In the viewer's language.</param>
/// <param name="Plain">A code, or a number with a point; empty where there is none.</param>
public readonly record struct Cell(string Text, string Plain);
