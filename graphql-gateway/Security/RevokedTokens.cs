using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Tokens that end before their time, as the lines of a file say. <c>SUM token ID</c> ends one token;
/// <c>SUM subject INSTANT NAME</c> ends all tokens of a subject that were made until then. The sum is over its line and
/// all before it: a line that was changed, or taken out, is told. Lines of older programs stand at the beginning and
/// have no sum of their own.
/// </summary>
internal sealed record RevokedTokens
{
    private const int SumLength = 16;
    private const string TokenWord = "token";
    private const string SubjectWord = "subject";
    private const char ByteOrderMark = '\ufeff';

    public static readonly RevokedTokens None = new();

    private FrozenSet<string> Ids { get; init; } = [];

    private FrozenDictionary<string, DateTimeOffset> Subjects { get; init; } =
        FrozenDictionary<string, DateTimeOffset>.Empty;

    /// <summary>Of all lines; what the next one's sum begins with.</summary>
    private string Sum { get; init; } = "";

    public bool IsEmpty => Ids.Count == 0 && Subjects.Count == 0;

    /// <param name="id">The token's <c>jti</c>.</param>
    /// <param name="subject">Whose token it is.</param>
    /// <param name="madeAt">When it was made.</param>
    public bool Has(string? id, string subject, DateTimeOffset madeAt) =>
        (id is not null && Ids.Contains(id))
        || (Subjects.TryGetValue(subject, out var until) && madeAt <= until);

    /// <summary>The next line, for one token.</summary>
    public string LineOfToken(string id) => Summed($"{TokenWord} {id}");

    /// <summary>The next line, for a subject's tokens that were made until <paramref name="until"/>.</summary>
    public string LineOfSubject(string subject, DateTimeOffset until) =>
        Summed($"{SubjectWord} {until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)} {subject}");

    /// <param name="path">For the refusal's sentence.</param>
    /// <param name="text">Whole lines.</param>
    /// <exception cref="StoreRefusal">A line is no such line, or its sum is another.</exception>
    public static RevokedTokens Parse(string path, string text)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var subjects = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var (sum, summed) = ("", false);
        var lines = text.TrimStart(ByteOrderMark).Split('\n');
        for (var i = 0; i < lines.Length - 1; i++)
        {
            var line = lines[i].TrimEnd('\r');
            var isOlder = !summed && line.Split(' ', 2)[0] is TokenWord or SubjectWord or "";
            var said = isOlder ? line : line[Math.Min(SumLength + 1, line.Length)..];
            sum = SumOf(sum, said);
            summed |= !isOlder;
            if ((summed && line != $"{sum} {said}") || !TryAdd(said, ids, subjects))
            {
                throw new StoreRefusal(
                    $"Line {i + 1} of {path} revokes neither a token nor a subject, or was changed.");
            }
        }
        return new RevokedTokens { Ids = ids.ToFrozenSet(), Subjects = subjects.ToFrozenDictionary(), Sum = sum };
    }

    private static bool TryAdd(string said, HashSet<string> ids, Dictionary<string, DateTimeOffset> subjects)
    {
        switch (said.Split(' ', 3))
        {
            case [TokenWord, { Length: > 0 } id]:
                ids.Add(id);
                return true;
            case [SubjectWord, var instant, { Length: > 0 } subject] when TryReadInstant(instant, out var until):
                subjects[subject] = subjects.TryGetValue(subject, out var other) && other > until ? other : until;
                return true;
            default:
                return said.Length == 0;
        }
    }

    private string Summed(string said) => $"{SumOf(Sum, said)} {said}\n";

    private static string SumOf(string before, string said) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{before} {said}")))[..SumLength];

    private static bool TryReadInstant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
