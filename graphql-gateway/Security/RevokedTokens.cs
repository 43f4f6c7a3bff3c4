using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

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
            return File.Exists(path) ? Parse(path, File.ReadAllText(path)) : None;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The list of revoked tokens {path} cannot be read.");
        }
    }

    /// <summary>Revokes one token.</summary>
    /// <exception cref="StoreRefusal">The list is full or cannot be written.</exception>
    public static void AddToken(string folder, string id) => Add(folder, $"{TokenWord} {id}\n");

    /// <summary>Revokes all tokens of a subject that were made until <paramref name="until"/>.</summary>
    /// <exception cref="StoreRefusal">The list is full or cannot be written.</exception>
    public static void AddSubject(string folder, string subject, DateTimeOffset until) =>
        Add(folder, $"{SubjectWord} {until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)} {subject}\n");

    private static RevokedTokens Parse(string path, string text)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var subjects = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var lines = text.Split('\n');
        // What follows the last end of line is being written, or was cut off by a crash: it was never acknowledged.
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

    private static void Add(string folder, string line)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var known = File.Exists(path) ? File.ReadAllText(path) : "";
            if (known.Count(c => c == '\n') >= MostLines)
            {
                throw new StoreRefusal($"{path} has {MostLines} lines already; change the token key instead.");
            }
            using var file = new FileStream(path, OwnersFile.ToWrite(FileMode.Append));
            // A line that a crash cut off must not run into this one.
            file.Write(Encoding.UTF8.GetBytes(known.Length == 0 || known[^1] == '\n' ? line : "\n" + line));
            file.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The list of revoked tokens {path} cannot be written.");
        }
    }
}
