using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Engines.Embedded;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>The contract file and the code that answers it, brought together.</summary>
internal static class PlatformSchema
{
    /// <summary>The text of <c>schema.graphql</c>.</summary>
    public static string Sdl { get; } = ReadSdl();

    /// <summary>Every resolver of the platform.</summary>
    public static ResolverMap Resolvers(EmbeddedSilo silo, GraphQLLimits? limits = null)
    {
        var figures = new Figures(silo.Caseloads);
        var metrics = new MetricsResolvers(silo, figures);
        var clients = new ClientResolvers(silo.Grains);
        var centres = new CentreResolvers(silo);
        var map = new ResolverMap().AddScalars().AddErrorCodes();
        clients.AddTo(map);
        centres.AddTo(map);
        metrics.AddTo(map);
        new MunicipalityResolvers(silo, centres, metrics).AddTo(map);
        new ProgrammeResolvers(silo).AddTo(map);
        new CaseloadResolvers(silo, clients, (limits ?? new GraphQLLimits()).MaxPageSize).AddTo(map);
        new OutcomeResolvers(silo, figures).AddTo(map);
        new SubscriptionResolvers(silo, new SharedMetrics(metrics), clients, centres).AddTo(map);
        return new CommandResolvers(silo.Grains).AddTo(map);
    }

    /// <exception cref="Engines.Embedded.Types.SchemaException">The schema and the resolvers do not fit.</exception>
    public static IGraphQLEngine Build(
        EmbeddedSilo silo, Action<Exception, string>? onFault = null, GraphQLLimits? limits = null) =>
        EmbeddedGraphQLEngine.Build(
            Sdl, Resolvers(silo, limits),
            new GraphQLOptions { OnUnexpectedFault = onFault, Limits = limits ?? new GraphQLLimits() });

    private static string ReadSdl()
    {
        using var stream = typeof(PlatformSchema).Assembly.GetManifestResourceStream("schema.graphql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
