using System.Collections.Concurrent;

namespace OsstOrleans.Gateway.Security;

/// <summary>What one caller has under way at present, with all its tokens together.</summary>
internal sealed class CallerUse
{
    private int _operations;
    private int _sockets;

    /// <summary>Takes a place for an operation; false when none is left.</summary>
    public bool TryBegin(int most) => TryTake(ref _operations, most);

    /// <summary>The operation is over.</summary>
    public void End() => Interlocked.Decrement(ref _operations);

    /// <summary>Takes a place for a socket; false when none is left.</summary>
    public bool TryOpen(int most) => TryTake(ref _sockets, most);

    /// <summary>The socket is closed.</summary>
    public void Close() => Interlocked.Decrement(ref _sockets);

    private static bool TryTake(ref int count, int most)
    {
        if (Interlocked.Increment(ref count) <= most)
        {
            return true;
        }
        Interlocked.Decrement(ref count);
        return false;
    }
}

/// <summary>The use of every caller who holds one.</summary>
internal sealed class CallerUses
{
    private readonly ConcurrentDictionary<string, WeakReference<CallerUse>> _uses = new(StringComparer.Ordinal);

    /// <summary>The one use of an actor: the same as long as any token, stream or socket holds it.</summary>
    public CallerUse Of(string actor)
    {
        while (true)
        {
            var kept = _uses.GetOrAdd(actor, _ => new WeakReference<CallerUse>(new CallerUse()));
            if (kept.TryGetTarget(out var use))
            {
                return use;
            }
            _uses.TryRemove(KeyValuePair.Create(actor, kept)); // It was not held: nothing of it is under way.
        }
    }

    /// <summary>Forgets those that are not held.</summary>
    public void Prune()
    {
        foreach (var kept in _uses.Where(use => !use.Value.TryGetTarget(out _)))
        {
            _uses.TryRemove(kept);
        }
    }
}
