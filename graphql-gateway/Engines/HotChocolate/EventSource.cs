using HotChocolate.Execution;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>What a subscription's stream gave: an event, or as the last one why it broke.</summary>
internal sealed record StreamEvent(object? Value, Exception? Fault);

/// <summary>A resolver's stream as the engine's; ends without an error when the subscriber leaves.</summary>
internal sealed class EventSource<TEvent>(IAsyncEnumerable<TEvent> events, CancellationToken ended) : ISourceStream
{
    public async IAsyncEnumerable<object?> ReadEventsAsync()
    {
        await using var enumerator = events.GetAsyncEnumerator(ended);
        while (await Next(enumerator) is { } happened)
        {
            yield return happened;
            if (happened.Fault is not null)
                yield break;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<StreamEvent?> Next(IAsyncEnumerator<TEvent> enumerator)
    {
        try
        {
            return await enumerator.MoveNextAsync() ? new StreamEvent(enumerator.Current, null) : null;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault)
        {
            return new StreamEvent(null, fault);
        }
    }
}
