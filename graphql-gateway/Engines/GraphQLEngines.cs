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

    /// <summary>What scripts have called our own engine from the start.</summary>
    private const string FirstNameOfOwn = "embedded";

    /// <summary>Every name that the command line takes.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Enum.GetValues<GraphQLEngineKind>().Select(NameOf), FirstNameOfOwn];

    /// <summary>As the command line has it.</summary>
    public static string NameOf(GraphQLEngineKind engine) => engine switch
    {
        GraphQLEngineKind.HotChocolate => "hotchocolate",
        _ => "own",
    };

    /// <summary>The engine of that name, whether this build has it or not; null when there is none.</summary>
    public static GraphQLEngineKind? Find(string name) => name == FirstNameOfOwn
        ? GraphQLEngineKind.Own
        : Enum.GetValues<GraphQLEngineKind>().Cast<GraphQLEngineKind?>()
            .FirstOrDefault(engine => NameOf(engine!.Value) == name);

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
