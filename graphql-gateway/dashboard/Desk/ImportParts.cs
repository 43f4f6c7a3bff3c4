namespace OsstOrleans.Dashboard.Desk;

/// <summary>A kind of lines that can be imported.</summary>
/// <param name="Kind">Its name on the command line, e.g. <c>benefit-months</c>.</param>
/// <param name="Name">Its name in the contract, e.g. <c>BenefitMonths</c>.</param>
/// <param name="NamesClients">True when a line is about a client, so that the sender must speak for its source.</param>
/// <param name="Fields">The names of columns and keys.</param>
/// <param name="Needed">Those that every line has to give.</param>
public sealed record ImportForm(
    string Kind, string Name, bool NamesClients, IReadOnlyList<string> Fields, IReadOnlyList<string> Needed);

/// <summary>A part of a file that begins with a whole line.</summary>
/// <param name="Kind">What the lines are, a name of <see cref="ImportForm"/>.</param>
/// <param name="IsCsv">Else it is NDJSON.</param>
/// <param name="Head">The first line of a CSV file, which names its columns; empty for NDJSON.</param>
/// <param name="Bytes">The part; it may end within a line.</param>
/// <param name="Most">Not more lines than these are read, empty ones among them.</param>
public sealed record FilePart(
    string Kind, bool IsCsv, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Bytes, int Most)
{
    /// <summary>How many lines that hold something came before.</summary>
    public long Records { get; init; }

    /// <summary>How many line ends came before, those of the first line among them.</summary>
    public long Lines { get; init; }

    /// <summary>The file ends with this part.</summary>
    public bool IsLast { get; init; }

    /// <summary>The day of the lines that give none; null for today.</summary>
    public DateOnly? Day { get; init; }
}

/// <summary>What was read of a part.</summary>
/// <param name="Bytes">So many bytes; the next part begins after them.</param>
/// <param name="Lines">How many line ends come before the next part.</param>
/// <param name="Records">The lines that hold something.</param>
public sealed record ReadPart(int Bytes, long Lines, IReadOnlyList<ReadLine> Records)
{
    /// <summary>Why the rest of the file cannot be read; null when it can.</summary>
    public FileFault? Fault { get; init; }
}

/// <summary>Why a file, or its rest, cannot be read.</summary>
/// <param name="Code">The dashboard has words for it (<c>file.CODE</c>).</param>
/// <param name="At">The column or line, from 1.</param>
public sealed record FileFault(string Code, long At);

/// <summary>A line of a file.</summary>
/// <param name="Record">Its number among the lines that hold something, from 1: its place in the import.</param>
/// <param name="Line">The line of the file where it starts, from 1.</param>
public sealed record ReadLine(long Record, long Line)
{
    /// <summary>What it says, as the contract takes it; null when it is refused.</summary>
    public ReadOnlyMemory<byte>? Json { get; init; }

    /// <summary>Why it is refused; null when it is not.</summary>
    public string? Code { get; init; }

    /// <summary>The field that is refused.</summary>
    public string Field { get; init; } = "";
}
