using System.Collections.Concurrent;

namespace OsstOrleans.Silo.Audit;

/// <summary>
/// One look through a register's logs at a time: who asks twice at once waits, and others' requests are served
/// meanwhile. Registers are named by tokens, so there are no more of them than municipalities.
/// </summary>
internal sealed class RegisterTurns
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <param name="register">The municipality's code.</param>
    /// <param name="look">Looks through its logs.</param>
    /// <param name="stop">The asker has gone.</param>
    public async ValueTask<T> Take<T>(string register, Func<ValueTask<T>> look, CancellationToken stop)
    {
        var turn = _turns.GetOrAdd(register, static _ => new SemaphoreSlim(1));
        await turn.WaitAsync(stop);
        try
        {
            return await look();
        }
        finally
        {
            turn.Release();
        }
    }
}
