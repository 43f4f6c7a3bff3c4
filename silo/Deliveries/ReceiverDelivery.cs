using System.Threading.Channels;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>
/// Delivers to one receiver: one event after the other, each until it is taken or given up. What was delivered is noted
/// after the receiver took it, on condition of the note before: a crash in between sends an event twice and never skips
/// one, and of two that deliver only one gets on.
/// </summary>
internal sealed class ReceiverDelivery(string key, DeliveryDesk desk) : IAsyncDisposable
{
    private const int Page = 256;

    /// <summary>Behind events that are not meant for the receiver the place is noted once in so many.</summary>
    private const int NoteEvery = 1_000;

    private static readonly TimeSpan NoteAtLatest = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _look = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Task _running = Task.CompletedTask;

    /// <summary>The place as it is stored; null until it is read.</summary>
    private NoteRow? _row;

    /// <summary>The stored place, or one behind events that were not meant for the receiver.</summary>
    private DeliveryPlace _place = new(0);

    private long _saved;
    private long _savedAt;

    private readonly WrittenLines _lines = new();
    private volatile bool _isOpen;
    private readonly ReceiverRight _right = new(desk);

    /// <summary>
    /// Follows the log until it is disposed. It runs outside the grain's turn, so the grain answers calls meanwhile.
    /// </summary>
    /// <param name="on">Where; the process's pool when null.</param>
    public void Start(TaskScheduler? on = null)
    {
        desk.Log.Committed += LookFor;
        _running = Background.Run(Run, on);
    }

    /// <summary>There may be events, notes, or another state.</summary>
    public void Look() => _look.Writer.TryWrite(true);

    /// <summary>Begins nothing more.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends after the attempt under way.</summary>
    public async ValueTask DisposeAsync()
    {
        desk.Log.Committed -= LookFor;
        await _stop.CancelAsync();
        await _running;
        desk.Waiting.Set(key, null); // It waits in another process from now on.
        _stop.Dispose();
    }

    /// <summary>There may be events; a receiver that was closed, or is not there yet, needs none.</summary>
    private void LookFor(long position)
    {
        if (_isOpen)
        {
            Look();
        }
    }

    private async Task Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            _look.Reader.TryRead(out _); // Before anything is read, so that no change falls between.
            try
            {
                var receiver = await desk.Receiver(key);
                _isOpen = receiver is not null;
                if (receiver is null)
                {
                    desk.Waiting.Set(key, null);
                }
                if (receiver is null || !await Step(receiver))
                {
                    await Wait();
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (PlaceMoved)
            {
                _row = null; // By another activation: it goes on from there.
            }
            catch (Exception fault)
            {
                desk.Pauses(fault); // Nothing is lost: it goes on at the same place.
                await Wait();
            }
        }
    }

    /// <summary>Does what can be done now; false when there is nothing to do but to wait.</summary>
    private async ValueTask<bool> Step(ReceiverState receiver)
    {
        var row = _row ?? await Begin();
        if (await desk.Places.ReplayAsked(key) is { } note)
        {
            Moved(await desk.Places.Replay(row, note));
            _lines.Forget();
        }
        if (receiver.Paused || receiver.Endpoint is null || !await _right.IsHeldBy(receiver))
        {
            if (_place.FailingSince is not null)
            {
                await Save(_place with { FailingSince = null }); // It is meant to wait now, and may be away anew after.
            }
            return false;
        }
        await Resend();
        if (_place.NextAttemptAt is { } due && due > desk.Time.GetUtcNow())
        {
            return false;
        }
        var page = await desk.Log.ReadFeed(_place.Position, Page);
        // Read behind the page: an event after a coordinator's permission is not judged by the registration before it.
        if (await Open() is not { } present)
        {
            return false;
        }
        foreach (var stored in page)
        {
            if (await desk.Events.For(key, present.Registered!, stored) is not { } outgoing)
            {
                _place = new DeliveryPlace(stored.Position);
                continue;
            }
            if (!await Deliver(stored, outgoing))
            {
                return true;
            }
        }
        if (IsWorthNoting)
        {
            await Save(_place);
        }
        return page.Count > 0;
    }

    /// <summary>Each note is a durable write, and a place that is not noted costs reading once more.</summary>
    private bool IsWorthNoting => _place.Position != _saved
        && (_row!.Value.Value.IsEmpty || _place.Position - _saved >= NoteEvery
            || desk.Time.GetElapsedTime(_savedAt) >= NoteAtLatest);

    /// <summary>True when the next event's turn has come.</summary>
    private async ValueTask<bool> Deliver(StoredEvent stored, OutgoingEvent outgoing)
    {
        if (await Open() is not { } receiver)
        {
            return false;
        }
        if (await Attempt(receiver, outgoing) is not { } failed)
        {
            await Save(new DeliveryPlace(outgoing.Position));
            return !_stop.IsCancellationRequested;
        }
        _stop.Token.ThrowIfCancellationRequested();
        var (attempts, now) = (_place.Attempts + 1, desk.Time.GetUtcNow());
        var (since, refusals) = (_place.FailingSince ?? now, _place.Refusals + (failed.IsOfTheEvent ? 1 : 0));
        // A receiver that was away for a day and refuses the event once has not refused it often.
        if (refusals >= desk.Patience.MostAttempts
            || (attempts >= desk.Patience.MostAttempts && now - since >= desk.Patience.LongestWait))
        {
            Moved(await desk.Places.Bury(
                _row!.Value, new DeadLetter(outgoing.Position, stored.Type, failed.Problem, attempts, now),
                new DeliveryPlace(outgoing.Position)));
            Instruments.DeadLetters.Add(1);
            return true;
        }
        // The place before this event: what lay between was not meant for the receiver.
        await Save(_place with
        {
            Attempts = attempts,
            Problem = failed.Problem,
            NextAttemptAt = desk.NextAttempt(attempts, failed.NotBefore),
            FailingSince = since,
            Refusals = refusals,
        });
        return false;
    }

    /// <summary>
    /// The receiver as it is after an event was read: it may have another secret by now. Null when it was closed or
    /// paused, or its system's right has ended.
    /// </summary>
    private async ValueTask<ReceiverState?> Open() =>
        await desk.Receiver(key) is { Paused: false, Endpoint: not null } receiver && await _right.IsHeldBy(receiver)
            ? receiver
            : null;

    /// <summary>Nothing about a person leaves before its line is in the disclosure log.</summary>
    private async ValueTask<NotTaken?> Attempt(ReceiverState receiver, OutgoingEvent outgoing)
    {
        if (outgoing.Disclosures.Count > 0 && !_lines.Have(outgoing))
        {
            await desk.Store.LogDisclosures(outgoing.Disclosures);
            _lines.Take(outgoing);
        }
        // Held back by now, it is as one that is not meant for the receiver.
        return await desk.Events.IsHeldBack(outgoing) ? null : await desk.Send(key, receiver, outgoing, _stop.Token);
    }

    private async ValueTask Resend()
    {
        foreach (var note in await desk.Places.ResendsAsked(key))
        {
            if (await Open() is not { } receiver)
            {
                return;
            }
            var letter = DeliveryPlaces.LetterIn(note);
            _lines.Forget(); // It may be the very event that was given up last.
            var found = await desk.Log.ReadFeed(letter.Position - 1, 1);
            var outgoing = found is [var stored] && stored.Position == letter.Position
                ? await desk.Events.For(key, receiver.Registered!, stored)
                : null;
            var failed = outgoing is null ? null : await Attempt(receiver, outgoing);
            _stop.Token.ThrowIfCancellationRequested();
            await desk.Places.Resent(
                note, letter with { Attempts = letter.Attempts + 1, Problem = failed?.Problem ?? letter.Problem },
                isTaken: failed is null);
        }
    }

    private async ValueTask Save(DeliveryPlace place) => Moved(await desk.Places.Save(_row!.Value, place));

    private void Moved(NoteRow? row)
    {
        _row = row ?? throw new PlaceMoved();
        _place = DeliveryPlaces.PlaceIn(row.Value)!;
        desk.Waiting.Set(key, _place.FailingSince);
        (_saved, _savedAt) = (_place.Position, desk.Time.GetTimestamp());
    }

    /// <summary>Reads the place. A new receiver gets what happens after its registration.</summary>
    private async ValueTask<NoteRow> Begin()
    {
        var row = await desk.Places.RowOf(key);
        _place = DeliveryPlaces.PlaceIn(row) ?? new DeliveryPlace(
            (await desk.Log.Load(GrainName.Receiver(key), afterVersion: 0)).Events[0].Position);
        _saved = row.Value.IsEmpty ? 0 : _place.Position;
        desk.Waiting.Set(key, _place.FailingSince);
        _row = row;
        return row;
    }

    /// <summary>Until there is something new, or the next attempt is due.</summary>
    private async Task Wait()
    {
        var pause = _place.NextAttemptAt is { } due && due - desk.Time.GetUtcNow() is { Ticks: > 0 } left
            && left < desk.Patience.LookEvery
            ? left
            : desk.Patience.LookEvery;
        using var late = new CancellationTokenSource(pause, desk.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stop.Token);
        try
        {
            await _look.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // It is time to look, or to end.
        }
    }

    private sealed class PlaceMoved : Exception;
}
