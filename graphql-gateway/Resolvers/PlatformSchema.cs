using OsstOrleans.Gateway.Engines;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>The contract file and the code that answers it, brought together.</summary>
internal static class PlatformSchema
{
    /// <summary>The text of <c>schema.graphql</c>.</summary>
    public static string Sdl { get; } = ReadSdl();

    /// <summary>Every resolver of the platform.</summary>
    public static ResolverMap Resolvers(Platform silo, ApiLimits? limits = null)
    {
        var figures = new Figures(silo.Caseloads);
        var ids = new GlobalIds(silo.Services.MasterKey.DeriveKey("global ids"));
        var sizes = new PageSizes((limits ?? new ApiLimits()).MaxPageSize);
        var metrics = new MetricsResolvers(silo, figures);
        var clients = new ClientResolvers(silo.Grains, ids);
        var centres = new CentreResolvers(silo, ids);
        var municipalities = new MunicipalityResolvers(silo, centres, metrics);
        var programmes = new ProgrammeResolvers(silo, ids);
        var worklists = new WorklistResolvers(silo, sizes);
        var map = new ResolverMap().AddScalars().AddErrorCodes();
        clients.AddTo(map);
        new ReferralResolvers(silo).AddTo(map);
        new CaseworkResolvers(silo).AddTo(map);
        centres.AddTo(map);
        metrics.AddTo(map);
        municipalities.AddTo(map);
        programmes.AddTo(map);
        worklists.AddTo(map);
        new NodeResolvers(ids, clients, municipalities, centres, programmes).AddTo(map);
        new TimelineResolvers(silo.Grains, sizes).AddTo(map);
        new ClientLogResolvers(silo, sizes).AddTo(map);
        new WorkResolvers(silo, centres).AddTo(map);
        new CaseloadResolvers(silo, clients, sizes).AddTo(map);
        new OutcomeResolvers(silo, figures).AddTo(map);
        new SubscriptionResolvers(silo, new SharedMetrics(metrics), worklists, clients, centres).AddTo(map);
        var receivers = new ReceiverResolvers(silo, sizes);
        receivers.AddTo(map);
        new ExternalIdResolvers(silo, ids).AddTo(map);
        new ImportResolvers(silo, (limits ?? new ApiLimits()).MaxImportLines).AddTo(map);
        var room = new CaseloadRoom(silo.Store, silo.Caseloads);
        return new CommandResolvers(silo.Grains, ids, room, receivers).AddTo(map);
    }

    /// <summary>The platform's API, executed by the engine asked for or by the standard one of this build.</summary>
    public static IGraphQLEngine Build(
        Platform silo, Action<Exception, string>? onFault = null, ApiLimits? limits = null,
        GraphQLEngineKind? engine = null, bool suggests = true) =>
        GraphQLEngines.Build(
            engine ?? GraphQLEngines.Standard, Sdl, Resolvers(silo, limits), new GraphQLOptions
            {
                Expected = Faults.Told,
                OnUnexpectedFault = onFault,
                Limits = limits ?? new ApiLimits(),
                Suggests = suggests,
            });

    private static string ReadSdl()
    {
        using var stream = typeof(PlatformSchema).Assembly.GetManifestResourceStream("schema.graphql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
