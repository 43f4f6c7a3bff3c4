using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>
/// What a picture shows, in every form that it has: drawing, sentence, table, and the files to take along.
/// </summary>
/// <param name="Key">Its place on the page and the name of its files.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Sentence">What it says, in words.</param>
/// <param name="Label">What the rows are.</param>
/// <param name="Unit">What the figures count.</param>
/// <param name="Rows">The figures.</param>
public sealed record Picture(
    string Key, string Title, string Sentence, string Label, string Unit, IReadOnlyList<PictureRow> Rows)
{
    /// <summary>True for columns along time; false for bars, one for each row.</summary>
    public bool IsTimeLine { get; init; }

    /// <summary>What a reader must know beside it; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The row that the sentence speaks of; null for none.</summary>
    public int? Marked { get; init; }

    /// <summary>A line that bars should not pass; null for none.</summary>
    public long? Limit { get; init; }

    public long Most => Rows.Where(row => row.Figure.HasValue).Select(row => row.Figure.Value).DefaultIfEmpty().Max();
}

/// <summary>A figure of a picture and what it is of.</summary>
/// <param name="Label">In the viewer's language.</param>
/// <param name="Figure">How many.</param>
/// <param name="Code">The contract's code, for files; the label where there is none.</param>
public sealed record PictureRow(string Label, Figure Figure, string Code)
{
    /// <summary>True for more than the picture's limit.</summary>
    public bool IsOver { get; init; }

    /// <summary>Where those are whom the figure counts; null for nowhere.</summary>
    public string? Href { get; init; }
}
