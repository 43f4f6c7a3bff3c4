using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Import;

/// <summary>A file as a whole, or its rest, cannot be read.</summary>
/// <param name="code">Why; pages have words for it.</param>
/// <param name="at">The column or line, from 1.</param>
/// <param name="message">One sentence that repeats nothing of the file.</param>
internal sealed class FileRefusal(string code, long at, string message) : StoreRefusal(message)
{
    /// <summary>The file is in UTF-16, or no text.</summary>
    public const string OtherText = "OTHER_TEXT";

    /// <summary>A column's name is no field of the kind.</summary>
    public const string ColumnUnknown = "COLUMN_UNKNOWN";

    /// <summary>The first line names no columns, or one of them twice.</summary>
    public const string ColumnsUnnamed = "COLUMNS_UNNAMED";

    /// <summary>A line, or a quoted cell, does not end.</summary>
    public const string LineEndless = "LINE_ENDLESS";

    public string Code => code;

    public long At => at;
}
