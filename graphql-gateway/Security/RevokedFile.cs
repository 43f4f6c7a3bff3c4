using System.Text;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// The list of revoked tokens in a data folder: it only grows, a line at a time. Beside it stands how many lines were
/// acknowledged, so that a list that was cut is told.
/// </summary>
internal static class RevokedFile
{
    public const string FileName = "revoked-tokens";

    /// <summary>How many lines the list has at least.</summary>
    public const string CountName = "revoked-tokens.count";

    /// <summary>A longer list is a sign that the key should be changed instead.</summary>
    public const int MostLines = 100_000;

    private const byte EndOfLine = (byte)'\n';

    /// <summary>The list of a data folder; empty when it has none.</summary>
    /// <exception cref="StoreRefusal">The file cannot be read, is no such list, or is not whole.</exception>
    public static RevokedTokens Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            // First the count: a line that comes between the two is one more than it.
            var least = CountIn(folder);
            return Parse(path, File.Exists(path) ? File.ReadAllBytes(path) : [], least);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The list of revoked tokens {path} cannot be read.");
        }
    }

    /// <summary>Revokes one token.</summary>
    /// <exception cref="StoreRefusal">The list is full, damaged, or cannot be written.</exception>
    public static Task AddToken(string folder, string id) => Add(folder, list => list.LineOfToken(id));

    /// <summary>Revokes all tokens of a subject that were made until <paramref name="until"/>.</summary>
    /// <exception cref="StoreRefusal">The list is full, damaged, or cannot be written.</exception>
    public static Task AddSubject(string folder, string subject, DateTimeOffset until) =>
        Add(folder, list => list.LineOfSubject(subject, until));

    private static RevokedTokens Parse(string path, byte[] known, int least) => LinesIn(known) >= least
        ? RevokedTokens.Parse(path, Encoding.UTF8.GetString(WholeLines(known)))
        : throw new StoreRefusal($"{path} was cut: it had {least} lines, and has {LinesIn(known)}.");

    private static async Task Add(string folder, Func<RevokedTokens, string> line)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            await using var turn = await CountedList.Turn(path + ".lock");
            await using var file = new FileStream(path, OwnersFile.ToChange(FileShare.Read));
            var known = new byte[file.Length];
            await file.ReadExactlyAsync(known);
            var lines = LinesIn(known);
            if (lines >= MostLines)
            {
                throw new StoreRefusal($"{path} has {MostLines} lines already; change the token key instead.");
            }
            var next = line(Parse(path, known, CountIn(folder)));
            // Cut off first: an end of line would make a whole line, of another meaning, of what a crash left of one.
            file.SetLength(WholeLines(known).Length);
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(Encoding.UTF8.GetBytes(next));
            await file.FlushAsync();
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            DurableName.Keep(path);
            CountedList.WriteCount(Path.Combine(folder, CountName), lines + 1);
            FolderList.Enter(folder, CountName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The list of revoked tokens {path} cannot be written.");
        }
    }

    private static int LinesIn(byte[] known) => known.AsSpan().Count(EndOfLine);

    /// <summary>0 for a list of an older program, which has no count.</summary>
    /// <exception cref="StoreRefusal">It is no number, or is missing where one was written.</exception>
    private static int CountIn(string folder)
    {
        FolderList.Demand(folder, CountName);
        return CountedList.CountIn(Path.Combine(folder, CountName));
    }

    /// <summary>
    /// What follows the last end of line is being written, or was cut off by a crash: it was never acknowledged.
    /// </summary>
    private static ReadOnlySpan<byte> WholeLines(byte[] known) =>
        known.AsSpan(..(Array.LastIndexOf(known, EndOfLine) + 1));
}
