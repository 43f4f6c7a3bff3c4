using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Revocations as numbered rows of the store, which every process reads on from the last one that it knows. A row goes
/// when no token that it means can be valid any more.
/// </summary>
/// <param name="notes">Where the rows are.</param>
/// <param name="endings">Where what is revoked is listed outside the store, too; null for nowhere.</param>
internal sealed class RevokedRows(INotes notes, EndingsList? endings = null)
{
    private const string Shelf = "revoked-tokens";
    private const string CountShelf = "revoked-tokens-count";
    private const string CountKey = "count";
    private const string OnceShelf = "used-logout-tokens";
    private const int PageRows = 1_000;

    /// <summary>The list outside the store is written anew only when it gets much shorter.</summary>
    private const int ManyEnded = 100;

    private readonly ConcurrentDictionary<string, Revocation> _known = new(StringComparer.Ordinal);
    private string _last = "";

    /// <summary>Rows that could not be read: what they revoke goes on.</summary>
    public int Unreadable { get; private set; }

    public bool Has(Identity token)
    {
        if (_known.IsEmpty)
        {
            return false;
        }
        foreach (var key in token.RevocationKeys)
        {
            if (_known.TryGetValue(key, out var revocation) && token.MadeAt <= revocation.Until)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Takes in what was stored since the last time; true when there was something.</summary>
    public async Task<bool> ReadOn()
    {
        var before = _last;
        while (await notes.ReadRows(Shelf, _last, PageRows) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                Take(row);
                _last = row.Key;
            }
        }
        return _last != before;
    }

    /// <summary>One row that cannot be read must not hide those behind it.</summary>
    private void Take(NoteRow row)
    {
        if (Revocation.Parse(row.Value.Span) is not { } read)
        {
            Unreadable++;
            return;
        }
        _known.AddOrUpdate(read.Key, read, (_, known) => known.Until > read.Until ? known : read);
    }

    /// <summary>Stores revocations, all or none; durable when this completes.</summary>
    /// <param name="revocations">What is revoked.</param>
    /// <param name="once">What they were asked by, which is taken only once; null when it does not matter.</param>
    /// <returns>False when it had been taken before: nothing was stored.</returns>
    public async Task<bool> Add(IReadOnlyList<Revocation> revocations, string? once = null)
    {
        var isNew = await Store(revocations, once);
        foreach (var one in revocations)
        {
            await (endings?.Add(new Ending(
                Ending.Revoked, one.Key + one.Until.ToString("O", CultureInfo.InvariantCulture),
                Encoding.UTF8.GetString(one.ToJson()), DateTimeOffset.UnixEpoch)) ?? Task.CompletedTask);
        }
        return isNew;
    }

    /// <summary>
    /// Stores again what is listed outside the store and is not in it: it was put back to an earlier day. Before the
    /// first request.
    /// </summary>
    /// <exception cref="StoreRefusal">The list is not whole.</exception>
    public async Task TakeUp(DateTimeOffset now)
    {
        await ReadOn();
        if (endings?.Read() is not { Count: > 0 } listed)
        {
            return;
        }
        var live = listed.Select(one => Revocation.Parse(Encoding.UTF8.GetBytes(one.Body))).OfType<Revocation>()
            .Where(one => one.Ends > now).ToList();
        Revocation[] lost =
            [.. live.Where(one => !_known.TryGetValue(one.Key, out var known) || known.Until < one.Until)];
        if (lost.Length > 0)
        {
            await Store(lost, once: null);
            await ReadOn();
        }
        if (listed.Count > ManyEnded + (2 * live.Count))
        {
            await endings.Forget(one => Revocation.Parse(Encoding.UTF8.GetBytes(one.Body))?.Ends <= now);
        }
    }

    private async Task<bool> Store(IReadOnlyList<Revocation> revocations, string? once)
    {
        var used = once is null ? null : NameOf(once);
        while (true)
        {
            if (used is not null && await Find(OnceShelf, used) is not null)
            {
                return false;
            }
            var count = await Find(CountShelf, CountKey);
            var first = count is { } row ? Number(row) : 0;
            NoteRow[] asOf = [new(CountShelf, CountKey, count?.Value ?? default)];
            NoteRow[] notUsed = used is null ? [] : [new(OnceShelf, used, default)];
            if (await notes.TryWrite(
                [.. RowsOf(revocations, first), .. used is null ? [] : (NoteRow[])[UsedUntil(used, revocations)]],
                [.. asOf, .. notUsed]))
            {
                return true;
            }
        }
    }

    /// <summary>Forgets what has come to its end, here and in the store.</summary>
    public async Task RemoveEnded(DateTimeOffset now)
    {
        foreach (var ended in _known.Where(one => one.Value.Ends <= now))
        {
            _known.TryRemove(ended);
        }
        await RemoveEnded(Shelf, row => Revocation.Parse(row.Value.Span)?.Ends <= now);
        await RemoveEnded(OnceShelf, row => Instant(row) <= now);
    }

    private async Task RemoveEnded(string shelf, Func<NoteRow, bool> hasEnded)
    {
        var after = "";
        while (await notes.ReadRows(shelf, after, PageRows) is { Count: > 0 } rows)
        {
            NoteRow[] ended = [.. rows.Where(hasEnded)];
            if (ended.Length > 0)
            {
                // Another process may have removed them a moment ago, which comes to the same.
                await notes.TryWrite([.. ended.Select(row => row with { Value = default })]);
            }
            after = rows[^1].Key;
        }
    }

    private static IEnumerable<NoteRow> RowsOf(IReadOnlyList<Revocation> revocations, long first)
    {
        for (var i = 0; i < revocations.Count; i++)
        {
            var number = first + i + 1;
            yield return new NoteRow(
                Shelf, number.ToString("D19", CultureInfo.InvariantCulture), revocations[i].ToJson());
        }
        var last = (first + revocations.Count).ToString(CultureInfo.InvariantCulture);
        yield return new NoteRow(CountShelf, CountKey, Encoding.UTF8.GetBytes(last));
    }

    private static NoteRow UsedUntil(string used, IReadOnlyList<Revocation> revocations)
    {
        var end = revocations.Max(one => one.Ends).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return new NoteRow(OnceShelf, used, Encoding.UTF8.GetBytes(end));
    }

    private ValueTask<NoteRow?> Find(string shelf, string key) => notes.Find(shelf, key);

    private static string NameOf(string once) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(once)));

    private static string Text(NoteRow row) => Encoding.UTF8.GetString(row.Value.Span);

    /// <exception cref="StoreFault">The row is damaged: a smaller number would hide what is revoked from now on.
    /// </exception>
    private static long Number(NoteRow row) =>
        long.TryParse(Text(row), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw StoreFault.Damaged($"The note {row.Shelf}/{row.Key}");

    /// <summary>A damaged row never ends.</summary>
    private static DateTimeOffset Instant(NoteRow row) => DateTimeOffset.TryParseExact(
        Text(row), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        ? instant
        : DateTimeOffset.MaxValue;
}
