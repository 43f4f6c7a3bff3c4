using OsstOrleans.GraphQL.Requests;
#if HOTCHOCOLATE
using OsstOrleans.Gateway.Engines.HotChocolate;
#endif

namespace OsstOrleans.Gateway.Engines;

/// <summary>The engines that can execute GraphQL.</summary>
internal enum GraphQLEngineKind
{
    /// <summary>The one in this repository, <c>graphql-gateway/engine</c>.</summary>
    Own,

    /// <summary>Only in builds that name a version of it (decision 0008).</summary>
    HotChocolate,
}

/// <summary>Where an engine is chosen and put together; no other place names one.</summary>
internal static class GraphQLEngines
{
    /// <summary>Those of this build.</summary>
    public static IReadOnlyList<GraphQLEngineKind> Present { get; } =
#if HOTCHOCOLATE
        [GraphQLEngineKind.Own, GraphQLEngineKind.HotChocolate];
#else
        [GraphQLEngineKind.Own];
#endif

    /// <summary>The one that answers unless another is asked for.</summary>
    public const GraphQLEngineKind Standard = GraphQLEngineKind.Own;

    /// <summary>As the command line has it. Scripts know our own by the name it has had from the start.</summary>
    public static string NameOf(GraphQLEngineKind engine) => engine switch
    {
        GraphQLEngineKind.HotChocolate => "hotchocolate",
        _ => "embedded",
    };

    /// <summary>The engine of that name, whether this build has it or not; null when there is none.</summary>
    public static GraphQLEngineKind? Find(string name) => Enum.GetValues<GraphQLEngineKind>()
        .Where(engine => NameOf(engine) == name)
        .Select(engine => (GraphQLEngineKind?)engine)
        .FirstOrDefault();

    /// <exception cref="NotSupportedException">This build lacks the engine.</exception>
    public static IGraphQLEngine Build(
        GraphQLEngineKind engine, string sdl, ResolverMap resolvers, GraphQLOptions options) => engine switch
        {
            GraphQLEngineKind.Own => GraphQLEngine.Build(sdl, resolvers, options),
#if HOTCHOCOLATE
            GraphQLEngineKind.HotChocolate => HotChocolateGraphQLEngine.Build(
                sdl, resolvers, options, GraphQLEngine.Build(sdl, resolvers, options)),
#endif
            _ => throw new NotSupportedException($"This build has no GraphQL engine {NameOf(engine)}."),
        };
}
