namespace OsstOrleans.GraphQL.Execution;

/// <summary>
/// Calls a resolver in its turn: no more at once than the limits allow, and no longer than the request lives.
/// </summary>
internal static class Turn
{
    public static async ValueTask<TValue> Take<TValue, TArgs>(
        Run x, Func<TArgs, ValueTask<TValue>> resolve, TArgs args)
    {
        var token = x.Request.Cancelled;
        await x.Turns.WaitAsync(token);
        try
        {
            var task = resolve(args);
            if (task.IsCompleted || !token.CanBeCanceled)
            {
                return await task;
            }
            // A resolver that does not watch the token must not hold the answer back.
            return await task.AsTask().WaitAsync(token);
        }
        finally
        {
            x.Turns.Release();
        }
    }
}
