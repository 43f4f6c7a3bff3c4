using GreenDonut;
using HotChocolate.Resolvers;
using HotChocolate.Types;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>One parent of a batch, and what the batch gave for it. Two parents are never the same key.</summary>
internal sealed class BatchParent<TSource>(TSource source)
{
    public TSource Source { get; } = source;

    public object? Value { get; set; }

    public Exception? Fault { get; set; }
}

/// <summary>Parents that wait at one place of an operation are resolved together.</summary>
internal static class BatchLoading
{
    /// <param name="context">The field at one parent.</param>
    /// <param name="place">Names the place within the operation.</param>
    /// <param name="parent">What is resolved; holds its value or fault afterwards.</param>
    /// <param name="resolve">Resolves all that have gathered.</param>
    public static async ValueTask Load<TSource>(
        IResolverContext context, string place, BatchParent<TSource> parent,
        Func<IReadOnlyList<BatchParent<TSource>>, ValueTask> resolve)
    {
        var loader = context.BatchDataLoader<BatchParent<TSource>, BatchParent<TSource>>(
            async (parents, _) =>
            {
                await resolve(parents);
                return parents.ToDictionary(resolved => resolved);
            },
            place);
        await loader.LoadAsync(parent, CancellationToken.None);
    }
}
