using System.Runtime.InteropServices;
using SQLitePCL;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>
/// The columns of the row that a statement stands on. Ten of them are read for an event, and SQLite answers in a few
/// nanoseconds: these calls go to the same native library as all others, but without the reference count of the handle
/// and the change to native mode, which cost more than the answer.
/// </summary>
internal readonly unsafe struct Columns(sqlite3_stmt statement)
{
    private const string Library = "e_sqlite3";

    /// <summary>Valid while the statement's owner holds it, who reads columns only then.</summary>
    private readonly nint _row = statement.DangerousGetHandle();

    public long Int64(int column) => sqlite3_column_int64(_row, column);

    /// <summary>A text as UTF-8, or a blob; empty for NULL. Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        var start = sqlite3_column_blob(_row, column); // First: it may change what the length is of.
        return new ReadOnlySpan<byte>(start, sqlite3_column_bytes(_row, column));
    }

    [DllImport(Library, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static extern long sqlite3_column_int64(nint statement, int column);

    [DllImport(Library, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static extern void* sqlite3_column_blob(nint statement, int column);

    [DllImport(Library, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static extern int sqlite3_column_bytes(nint statement, int column);
}
