using System.Runtime.CompilerServices;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>A subscription's events; a failing stream gives its exception as the last one.</summary>
internal static class Subscription
{
    public static async IAsyncEnumerable<object?> Events(
        IEventSource source, Run x, [EnumeratorCancellation] CancellationToken token)
    {
        await using var events = source.Open(x, token).GetAsyncEnumerator(token);
        while (true)
        {
            object? next = null;
            var isOver = false;
            try
            {
                isOver = !await events.MoveNextAsync();
                next = isOver ? null : events.Current;
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                isOver = true;
            }
            catch (Exception fault)
            {
                next = fault;
            }
            if (isOver)
            {
                yield break;
            }
            yield return next;
            if (next is Exception)
            {
                yield break;
            }
        }
    }
}
