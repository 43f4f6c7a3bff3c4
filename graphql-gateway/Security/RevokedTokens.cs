using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Tokens that end before their time: a file in the data folder, one a line, that only grows. <c>token ID</c> ends one
/// token; <c>subject INSTANT NAME</c> ends all tokens of a subject that were made until then.
/// </summary>
internal sealed record RevokedTokens
{
    public const string FileName = "revoked-tokens";

    /// <summary>A longer list is a sign that the key should be changed instead.</summary>
    public const int MostLines = 100_000;

    private const string TokenWord = "token";
    private const string SubjectWord = "subject";
    private const char ByteOrderMark = '\ufeff';
    private const byte EndOfLine = (byte)'\n';

    /// <summary>Other revocations take milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static readonly RevokedTokens None = new();

    private FrozenSet<string> Ids { get; init; } = [];

    private FrozenDictionary<string, DateTimeOffset> Subjects { get; init; } =
        FrozenDictionary<string, DateTimeOffset>.Empty;

    public bool IsEmpty => Ids.Count == 0 && Subjects.Count == 0;

    /// <param name="id">The token's <c>jti</c>.</param>
    /// <param name="subject">Whose token it is.</param>
    /// <param name="madeAt">When it was made.</param>
    public bool Has(string? id, string subject, DateTimeOffset madeAt) =>
        (id is not null && Ids.Contains(id))
        || (Subjects.TryGetValue(subject, out var until) && madeAt <= until);

    /// <summary>The list of a data folder; empty when it has none.</summary>
    /// <exception cref="StoreRefusal">The file cannot be read, or is no such list.</exception>
    public static RevokedTokens Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? Parse(path, Encoding.UTF8.GetString(WholeLines(File.ReadAllBytes(path)))) : None;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The list of revoked tokens {path} cannot be read.");
        }
    }

    /// <summary>Revokes one token.</summary>
    /// <exception cref="StoreRefusal">The list is full or cannot be written.</exception>
    public static Task AddToken(string folder, string id) => Add(folder, $"{TokenWord} {id}\n");

    /// <summary>Revokes all tokens of a subject that were made until <paramref name="until"/>.</summary>
    /// <exception cref="StoreRefusal">The list is full or cannot be written.</exception>
    public static Task AddSubject(string folder, string subject, DateTimeOffset until) =>
        Add(folder, $"{SubjectWord} {until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)} {subject}\n");

    private static RevokedTokens Parse(string path, string text)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var subjects = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var lines = text.TrimStart(ByteOrderMark).Split('\n');
        for (var i = 0; i < lines.Length - 1; i++)
        {
            switch (lines[i].TrimEnd('\r').Split(' ', 3))
            {
                case [TokenWord, { Length: > 0 } id]:
                    ids.Add(id);
                    break;
                case [SubjectWord, var instant, { Length: > 0 } subject] when TryReadInstant(instant, out var until):
                    subjects[subject] = subjects.TryGetValue(subject, out var other) && other > until ? other : until;
                    break;
                case [""]:
                    break;
                default:
                    throw new StoreRefusal($"Line {i + 1} of {path} revokes neither a token nor a subject.");
            }
        }
        return new RevokedTokens { Ids = ids.ToFrozenSet(), Subjects = subjects.ToFrozenDictionary() };
    }

    private static bool TryReadInstant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);

    private static async Task Add(string folder, string line)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            await using var turn = await Turn(path + ".lock");
            await using var file = new FileStream(path, OwnersFile.ToChange(FileShare.Read));
            var known = new byte[file.Length];
            await file.ReadExactlyAsync(known);
            if (known.Count(each => each == EndOfLine) >= MostLines)
            {
                throw new StoreRefusal($"{path} has {MostLines} lines already; change the token key instead.");
            }
            // Cut off first: an end of line would make a whole line, of another meaning, of what a crash left of one.
            file.SetLength(WholeLines(known).Length);
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(Encoding.UTF8.GetBytes(line));
            await file.FlushAsync();
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The list of revoked tokens {path} cannot be written.");
        }
    }

    /// <summary>
    /// What follows the last end of line is being written, or was cut off by a crash: it was never acknowledged.
    /// </summary>
    private static ReadOnlySpan<byte> WholeLines(byte[] known) =>
        known.AsSpan(..(Array.LastIndexOf(known, EndOfLine) + 1));

    /// <summary>One revocation at a time, so that none takes what another is writing for cut off.</summary>
    private static async Task<FileStream> Turn(string path)
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(1))
        {
            try
            {
                return new FileStream(path, OwnersFile.ToChange(FileShare.None));
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < Patience)
            {
                // Another one is writing.
            }
        }
    }
}
