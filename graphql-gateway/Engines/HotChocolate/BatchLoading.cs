using GreenDonut;
using GreenDonut.DependencyInjection;
using HotChocolate.Resolvers;

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
    /// <param name="resolver">
    /// Asked once a place, by the parent that came first, for what resolves all that have gathered.
    /// </param>
    public static async ValueTask Load<TSource>(
        IResolverContext context, string place, BatchParent<TSource> parent,
        Func<Func<IReadOnlyList<BatchParent<TSource>>, ValueTask>> resolver)
    {
        var loader = context.RequestServices.GetRequiredService<IDataLoaderScope>().GetDataLoader(
            services => new Loader<TSource>(
                resolver(), services.GetRequiredService<IBatchScheduler>(),
                services.GetRequiredService<DataLoaderOptions>()),
            place);
        await loader.LoadAsync(parent, CancellationToken.None);
    }

    private sealed class Loader<TSource>(
        Func<IReadOnlyList<BatchParent<TSource>>, ValueTask> resolve, IBatchScheduler scheduler,
        DataLoaderOptions options)
        : BatchDataLoader<BatchParent<TSource>, BatchParent<TSource>>(scheduler, options)
    {
        protected override async Task<IReadOnlyDictionary<BatchParent<TSource>, BatchParent<TSource>>> LoadBatchAsync(
            IReadOnlyList<BatchParent<TSource>> keys, CancellationToken cancellationToken)
        {
            await resolve(keys);
            return keys.ToDictionary(parent => parent);
        }
    }
}
