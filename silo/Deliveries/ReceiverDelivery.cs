using OsstOrleans.Grains;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>Delivers to one receiver: one event after the other, each until it is taken or given up.</summary>
internal sealed class ReceiverDelivery
{
    private const int Page = 256;

    private readonly string _key;
    private readonly DeliveryDesk _desk;
    private readonly KeptRow _proof;
    private readonly CancellationToken _stop;
    private TaskCompletionSource _look = Signal();
    private DeliveryPlace _place = new(0);
    private long _saved;
    private long _disclosed;

    public ReceiverDelivery(string key, DeliveryDesk desk, KeptRow proof, CancellationToken stop)
    {
        (_key, _desk, _proof, _stop) = (key, desk, proof, stop);
        Ended = Task.Run(Run, CancellationToken.None);
    }

    /// <summary>Completes when it has ended.</summary>
    public Task Ended { get; }

    /// <summary>There may be events, notes, or another state.</summary>
    public void Look() => Interlocked.Exchange(ref _look, Signal()).TrySetResult();

    private async Task Run()
    {
        var isPlaced = false;
        while (!_stop.IsCancellationRequested)
        {
            var look = _look.Task; // Before anything is read, so that no change falls between.
            try
            {
                _place = isPlaced ? _place : await Start();
                isPlaced = true;
                if (await _desk.Receiver(_key) is not { Registered: not null, Closed: false } receiver)
                {
                    return;
                }
                if (!await Step(receiver))
                {
                    await Wait(look);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (ClaimLost)
            {
                return;
            }
            catch (Exception fault)
            {
                _desk.OnFault(fault); // Nothing is lost: it goes on at the same place.
                await Wait(look);
            }
        }
    }

    /// <summary>Does what can be done now; false when there is nothing to do but to wait.</summary>
    private async ValueTask<bool> Step(ReceiverState receiver)
    {
        if (await _desk.Places.ReplayAsked(_key) is { } after)
        {
            _place = new DeliveryPlace(after);
            Kept(await _desk.Places.Replay(_key, _place, _proof));
        }
        if (receiver.Paused || receiver.Endpoint is null)
        {
            return false;
        }
        await Resend(receiver);
        if (_place.NextAttemptAt is { } due && due > _desk.Services.Time.GetUtcNow())
        {
            return false;
        }
        var page = await _desk.Services.Store.ReadFeed(_place.Position, Page);
        foreach (var stored in page)
        {
            if (await _desk.Events.For(_key, receiver.Registered!, stored) is not { } outgoing)
            {
                _place = new DeliveryPlace(stored.Position);
                continue;
            }
            if (!await Deliver(receiver, stored, outgoing))
            {
                return true;
            }
        }
        if (_place.Position != _saved)
        {
            await Save(_place);
        }
        return page.Count > 0;
    }

    /// <summary>True when the next event's turn has come.</summary>
    private async ValueTask<bool> Deliver(ReceiverState receiver, StoredEvent stored, OutgoingEvent outgoing)
    {
        if (await Attempt(receiver, outgoing) is not { } failed)
        {
            await Save(new DeliveryPlace(outgoing.Position));
            return !_stop.IsCancellationRequested;
        }
        _stop.ThrowIfCancellationRequested();
        var (attempts, now) = (_place.Attempts + 1, _desk.Services.Time.GetUtcNow());
        if (attempts >= _desk.Patience.MostAttempts)
        {
            _place = new DeliveryPlace(outgoing.Position);
            Kept(await _desk.Places.Bury(
                _key, new DeadLetter(outgoing.Position, stored.Type, failed.Problem, attempts, now), _place, _proof));
            return true;
        }
        // The place before this event: what lay between was not meant for the receiver.
        await Save(_place with
        {
            Attempts = attempts,
            Problem = failed.Problem,
            NextAttemptAt = _desk.NextAttempt(attempts, failed.NotBefore),
        });
        return false;
    }

    /// <summary>Nothing about a person leaves before its line is in the disclosure log.</summary>
    private async ValueTask<NotTaken?> Attempt(ReceiverState receiver, OutgoingEvent outgoing)
    {
        if (outgoing.Disclosure is { } line && _disclosed != outgoing.Position)
        {
            await _desk.Store.LogDisclosures([line]);
            _disclosed = outgoing.Position;
        }
        return await _desk.Send(_key, receiver, outgoing, _stop);
    }

    private async ValueTask Resend(ReceiverState receiver)
    {
        foreach (var letter in await _desk.Places.ResendsAsked(_key))
        {
            var found = await _desk.Services.Store.ReadFeed(letter.Position - 1, 1);
            var outgoing = found is [var stored] && stored.Position == letter.Position
                ? await _desk.Events.For(_key, receiver.Registered!, stored)
                : null;
            var failed = outgoing is null ? null : await Attempt(receiver, outgoing);
            _stop.ThrowIfCancellationRequested();
            Kept(await _desk.Places.Resent(
                _key, letter with { Attempts = letter.Attempts + 1, Problem = failed?.Problem ?? letter.Problem },
                isTaken: failed is null, _proof));
        }
    }

    private async ValueTask Save(DeliveryPlace place)
    {
        Kept(await _desk.Places.Save(_key, place, _proof));
        (_place, _saved) = (place, place.Position);
    }

    /// <summary>A new receiver gets what happens after its registration.</summary>
    private async ValueTask<DeliveryPlace> Start() =>
        await _desk.Places.Find(_key)
        ?? new DeliveryPlace((await _desk.Services.Store.Load(GrainName.Receiver(_key), afterVersion: 0)).Events
            .Select(first => first.Position).FirstOrDefault());

    /// <summary>Until there is something new, or the next attempt is due.</summary>
    private async Task Wait(Task look)
    {
        var time = _desk.Services.Time;
        var pause = _place.NextAttemptAt is { } due && due - time.GetUtcNow() is { Ticks: > 0 } left
            && left < _desk.Patience.LookEvery
            ? left
            : _desk.Patience.LookEvery;
        try
        {
            await look.WaitAsync(pause, time, _stop);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            // It is time to look, or to end.
        }
    }

    private static void Kept(bool kept)
    {
        if (!kept)
        {
            throw new ClaimLost();
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class ClaimLost : Exception;
}
