using OsstOrleans.Grains;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Import;

/// <summary>A line of a file.</summary>
/// <param name="Ordinal">Its number among the lines that hold something, from 1: what a resume counts.</param>
/// <param name="Number">The line of the file where it starts, from 1: what a person looks for.</param>
/// <param name="Line">As read; null when it could not be.</param>
/// <param name="Problem">Why it could not be read.</param>
internal readonly record struct SourceLine(long Ordinal, long Number, IImportLine? Line, Rejection? Problem)
{
    /// <summary>The most bytes of one line.</summary>
    public const int MostBytes = 64 << 10;

    public static Rejection Unusable(string code, string message) =>
        new(RejectionKind.InvalidField, code, "line", message);
}
