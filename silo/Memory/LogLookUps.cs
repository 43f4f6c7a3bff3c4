using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Memory;

/// <summary>
/// Which erased client had which identifier, by a keyed hash of its own: a person who asks who used the data (703/2023
/// 11 §) comes with an identity code, and lines outlive the erasure by years. It ends with the lines.
/// </summary>
/// <param name="store">Where it is kept.</param>
/// <param name="master">Whose key the hash has; without it nothing follows from what is kept.</param>
public sealed class LogLookUps(IEventStore store, MasterKey master)
{
    private const string Shelf = "log-look-up";
    private const int Page = 1_000;
    private const int MostOfOne = 100;

    private readonly byte[] _key = master.DeriveKey("look-ups for requests about logs");

    /// <summary>Keeps whom an identifier meant; durable when it completes. Kept again, it is the same.</summary>
    public async ValueTask Keep(GrainName client, PersonalText identifier, DateTimeOffset now)
    {
        if (store is INotes notes && identifier is { IsEmpty: false })
        {
            await notes.TryWrite(
            [
                new NoteRow(
                    Shelf, MarkOf(identifier.Reveal()!) + client.Key,
                    Encoding.UTF8.GetBytes(now.ToString("O", CultureInfo.InvariantCulture))),
            ]);
        }
    }

    /// <summary>The erased clients whom an identifier meant.</summary>
    public async ValueTask<IReadOnlyList<string>> Find(string identifier)
    {
        var mark = MarkOf(identifier);
        return store is not INotes notes ? [] :
        [
            .. (await notes.ReadRows(Shelf, mark, MostOfOne))
                .Where(row => row.Key.StartsWith(mark, StringComparison.Ordinal)).Select(row => row.Key[mark.Length..]),
        ];
    }

    /// <summary>Ends what was kept before an instant.</summary>
    /// <returns>How many.</returns>
    public static async ValueTask<int> End(INotes notes, DateTimeOffset before, CancellationToken stopped)
    {
        var ended = 0;
        for (var after = ""; !stopped.IsCancellationRequested;)
        {
            var rows = await notes.ReadRows(Shelf, after, Page);
            NoteRow[] old = [.. rows.Where(row => KeptAt(row) < before).Select(row => row with { Value = default })];
            if (old.Length > 0)
            {
                await notes.TryWrite(old);
                ended += old.Length;
            }
            if (rows.Count < Page)
            {
                break;
            }
            after = rows[^1].Key;
        }
        return ended;
    }

    private static DateTimeOffset KeptAt(in NoteRow row) => DateTimeOffset.ParseExact(
        Encoding.UTF8.GetString(row.Value.Span), "O", CultureInfo.InvariantCulture);

    private string MarkOf(string identifier) => Convert.ToHexStringLower(HMACSHA256.HashData(
        _key, Encoding.UTF8.GetBytes(TextForm.OfIdentifier(identifier).ToUpperInvariant()))) + "/";
}
