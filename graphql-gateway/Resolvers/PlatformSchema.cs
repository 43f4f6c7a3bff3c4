using OsstOrleans.Gateway.Engines;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Audit;
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
    public static ResolverMap Resolvers(
        Platform platform, ApiLimits? limits = null, Action<Exception, string>? onFault = null,
        AuditThresholds? unusual = null)
    {
        var figures = platform.Figures;
        var ids = new GlobalIds(platform.Services.MasterKey.DeriveKey("global ids"));
        var sizes = new PageSizes((limits ?? new ApiLimits()).MaxPageSize);
        var metrics = new MetricsResolvers(platform, figures);
        var clients = new ClientResolvers(platform.Grains, ids);
        var centres = new CentreResolvers(platform, ids);
        var municipalities = new MunicipalityResolvers(platform, centres, metrics);
        var programmes = new ProgrammeResolvers(platform, ids);
        var worklists = new WorklistResolvers(platform, sizes);
        var map = new ResolverMap().AddScalars().AddErrorCodes();
        clients.AddTo(map);
        new ReferralResolvers(platform).AddTo(map);
        new CaseworkResolvers(platform).AddTo(map);
        new RetentionResolvers(platform, sizes).AddTo(map);
        new RightsResolvers(platform).AddTo(map);
        centres.AddTo(map);
        metrics.AddTo(map);
        municipalities.AddTo(map);
        programmes.AddTo(map);
        worklists.AddTo(map);
        new NodeResolvers(ids, clients, municipalities, centres, programmes).AddTo(map);
        new TimelineResolvers(platform.Grains, sizes).AddTo(map);
        new ClientLogResolvers(platform, sizes).AddTo(map);
        new AuditResolvers(platform, ids, sizes, unusual ?? new AuditThresholds()).AddTo(map);
        new LogReportResolvers(platform, ids, limits ?? new ApiLimits()).AddTo(map);
        new WorkResolvers(platform, centres).AddTo(map);
        new CaseloadResolvers(platform, clients, sizes).AddTo(map);
        new OutcomeResolvers(platform, figures).AddTo(map);
        new EvaluationResolvers(platform, new Evaluations(platform.Caseloads, figures)).AddTo(map);
        var trends = new TrendResolvers(platform, new Trends(platform.Caseloads), municipalities);
        trends.AddTo(map);
        new TableResolvers(platform, new CaseloadTables(platform.Caseloads, figures), municipalities).AddTo(map);
        new SubscriptionResolvers(platform, new SharedMetrics(metrics), worklists, clients, centres, metrics, trends)
            .AddTo(map);
        var receivers = new ReceiverResolvers(platform, sizes);
        receivers.AddTo(map);
        new ExternalIdResolvers(platform, ids).AddTo(map);
        new SearchResolvers(platform, limits ?? new ApiLimits()).AddTo(map);
        new ImportResolvers(platform, (limits ?? new ApiLimits()).MaxImportLines).AddTo(map);
        var room = new CaseloadRoom(platform.Services, platform.Caseloads, platform.Grains);
        var commands = new CommandResolvers(platform.Grains, ids, room, receivers);
        new BatchResolvers(commands, ids, limits ?? new ApiLimits(), onFault).AddTo(map);
        return commands.AddTo(map);
    }

    /// <summary>The platform's API, executed by the engine asked for or by the standard one of this build.</summary>
    public static IGraphQLEngine Build(
        Platform platform, Action<Exception, string>? onFault = null, ApiLimits? limits = null,
        GraphQLEngineKind? engine = null, bool suggests = true, AuditThresholds? unusual = null) =>
        GraphQLEngines.Build(
            engine ?? GraphQLEngines.Standard, Sdl, Resolvers(platform, limits, onFault, unusual), new GraphQLOptions
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
