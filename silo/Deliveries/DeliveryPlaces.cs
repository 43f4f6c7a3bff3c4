using System.Globalization;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>How far a receiver is.</summary>
/// <param name="Position">Everything up to here was delivered, was not meant for it, or is a dead letter.</param>
/// <param name="Attempts">Failed attempts at the next event.</param>
/// <param name="Problem">What went wrong last; null while nothing does. Never the receiver's words.</param>
/// <param name="NextAttemptAt">When it is tried again.</param>
/// <param name="FailingSince">When the first of these attempts failed; null while none did.</param>
/// <param name="Refusals">How many of the attempts the receiver refused; it was away at the others.</param>
public sealed record DeliveryPlace(
    long Position, int Attempts = 0, string? Problem = null, DateTimeOffset? NextAttemptAt = null,
    DateTimeOffset? FailingSince = null, int Refusals = 0);

/// <summary>An event that a receiver did not take.</summary>
/// <param name="Position">The event's place in the log.</param>
/// <param name="Type">Its stored name.</param>
/// <param name="Problem">What went wrong last.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="BuriedAt">When it was given up.</param>
public sealed record DeadLetter(long Position, string Type, string Problem, int Attempts, DateTimeOffset BuriedAt);

/// <summary>
/// What is kept of deliveries. The delivering grain changes places and dead letters, each on condition that it is as it
/// was read. Any process may ask for a replay, or for a dead letter to be sent again: it leaves a note that the
/// delivering grain finds.
/// </summary>
public sealed class DeliveryPlaces(INotes store)
{
    /// <summary>The most dead letters in one answer.</summary>
    public const int MostLetters = 200;

    private const string Places = "delivery";
    private const string Dead = "dead-letter";
    private const string Resends = "resend";
    private const string Replays = "replay";

    /// <summary>Null for a receiver whose delivery has not begun.</summary>
    public async ValueTask<DeliveryPlace?> Find(string receiver) =>
        await store.Find(Places, receiver) is { } row ? NoteJson.Read<DeliveryPlace>(row) : null;

    /// <summary>Dead letters in the order of the log.</summary>
    public async ValueTask<IReadOnlyList<DeadLetter>> DeadLetters(string receiver, long after, int max) =>
        [.. (await Of(Dead, receiver, after, max)).Select(LetterIn)];

    /// <summary>Asks for everything after a position once more.</summary>
    public ValueTask<bool> AskReplay(string receiver, long after) =>
        store.TryWrite([NoteJson.Row(Replays, receiver, new DeliveryPlace(after))]);

    /// <summary>Asks for dead letters to be sent again; those that are none are left aside.</summary>
    /// <returns>How many were asked for.</returns>
    public async ValueTask<int> AskResend(string receiver, IReadOnlyList<long> positions)
    {
        var known = new List<NoteRow>();
        foreach (var position in positions.Distinct())
        {
            if (await store.Find(Dead, KeyOf(receiver, position)) is { } letter)
            {
                known.Add(letter with { Shelf = Resends });
            }
        }
        return known.Count > 0 && await store.TryWrite(known) ? known.Count : 0;
    }

    /// <summary>The place as its row, on condition of which the next one is written; empty before the first.</summary>
    internal async ValueTask<NoteRow> RowOf(string receiver) =>
        await store.Find(Places, receiver) ?? new NoteRow(Places, receiver, default);

    /// <summary>Null in the empty row.</summary>
    internal static DeliveryPlace? PlaceIn(NoteRow row) => row.Value.IsEmpty ? null : NoteJson.Read<DeliveryPlace>(row);

    internal async ValueTask<NoteRow?> ReplayAsked(string receiver) => await store.Find(Replays, receiver);

    internal ValueTask<IReadOnlyList<NoteRow>> ResendsAsked(string receiver) => Of(Resends, receiver, 0, MostLetters);

    internal static DeadLetter LetterIn(NoteRow row) => NoteJson.Read<DeadLetter>(row);

    /// <summary>Moves the place; null when it is another one by now.</summary>
    internal ValueTask<NoteRow?> Save(NoteRow before, DeliveryPlace place) => Move(before, place, []);

    /// <summary>Moves the place to where a note asks for, and takes the note away.</summary>
    internal ValueTask<NoteRow?> Replay(NoteRow before, NoteRow note) =>
        Move(
            before, new DeliveryPlace(NoteJson.Read<DeliveryPlace>(note).Position), [note with { Value = default }],
            note);

    /// <summary>Gives an event up: the dead letter and the place behind it in one step.</summary>
    internal ValueTask<NoteRow?> Bury(NoteRow before, DeadLetter letter, DeliveryPlace place) =>
        Move(before, place, [NoteJson.Row(Dead, KeyOf(before.Key, letter.Position), letter)]);

    /// <summary>A dead letter was taken, or was tried again in vain; false when the note is gone by now.</summary>
    internal ValueTask<bool> Resent(NoteRow note, DeadLetter letter, bool isTaken) => store.TryWrite(
        [
            isTaken ? new NoteRow(Dead, note.Key, default) : NoteJson.Row(Dead, note.Key, letter),
            note with { Value = default },
        ],
        note);

    private async ValueTask<NoteRow?> Move(
        NoteRow before, DeliveryPlace place, IReadOnlyList<NoteRow> more, params IReadOnlyList<NoteRow> provided)
    {
        var row = NoteJson.Row(Places, before.Key, place);
        return await store.TryWrite([row, .. more], [before, .. provided]) ? row : null;
    }

    private async ValueTask<IReadOnlyList<NoteRow>> Of(string shelf, string receiver, long after, int max)
    {
        var prefix = receiver + ":";
        var rows = await store.ReadRows(shelf, KeyOf(receiver, after), max);
        return [.. rows.TakeWhile(row => row.Key.StartsWith(prefix, StringComparison.Ordinal))];
    }

    private static string KeyOf(string receiver, long position) =>
        string.Create(CultureInfo.InvariantCulture, $"{receiver}:{position:D19}");
}
