using HotChocolate;
using HotChocolate.Execution;
using HotChocolate.Language;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>The SDL and the resolvers as the engine's schema.</summary>
internal static class ServedSchema
{
    /// <summary>The engine's own end of an execution, far beyond the deadline that resolvers watch.</summary>
    private static readonly TimeSpan s_noEnd = TimeSpan.FromHours(1);

    /// <summary>What the gate has let through is not to be refused by a second opinion.</summary>
    private const ushort Deep = 64;

    private static readonly HashSet<string> s_builtIn =
        ["deprecated", "include", "oneOf", "skip", "specifiedBy", "Boolean", "Float", "ID", "Int", "String"];

    /// <exception cref="global::HotChocolate.SchemaException">The engine finds schema or resolvers faulty.</exception>
    /// <exception cref="InvalidOperationException">A field has no resolver, or a scalar no binding.</exception>
    public static IRequestExecutor Build(string sdl, ResolverMap resolvers, GraphQLOptions options)
    {
        var document = Utf8GraphQLParser.Parse(sdl);
        var index = new SdlIndex(document);
        // The core only: the server's defaults would add limits of their own beside the gate's.
        var builder = RequestExecutorServiceCollectionExtensions.AddGraphQL(new ServiceCollection())
            .AddDocument(new DocumentNode([.. document.Definitions.Where(d => d is not ScalarTypeDefinitionNode)]));
        foreach (var scalar in index.Scalars)
            builder.AddType(new BoundScalar(scalar, resolvers.Scalars.GetValueOrDefault(scalar.Name.Value)
                ?? throw new InvalidOperationException($"Scalar {scalar.Name.Value} is not bound.")));
        var installer = new ResolverInstaller(index, resolvers);
        builder.ConfigureSchema(schema => schema.TryAddTypeInterceptor(installer))
            // Fields __search and __definitions, which the contract has not: who asked for them would pass the gate.
            .ModifyOptions(schema => schema.EnableSemanticIntrospection = false)
            .ModifyParserOptions(parser => parser.MaxAllowedFields = int.MaxValue)
            .ModifyRequestOptions(request =>
            {
                request.ExecutionTimeout = s_noEnd;
                request.IncludeExceptionDetails = false;
            })
            .DisableIntrospection(false)
            .SetIntrospectionAllowedDepth(Deep, Deep)
            .SetMaxAllowedValidationErrors(options.Limits.MaxErrors);
        // At start only, where nothing else waits for this thread.
        return builder.BuildRequestExecutorAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>The engine's view of the schema, without what is built in.</summary>
    public static string Print(IRequestExecutor executor)
    {
        var definitions = Utf8GraphQLParser.Parse(executor.Schema.ToString()!).Definitions;
        return new DocumentNode([.. definitions.Where(definition => NameOf(definition) is not { } name
            || !s_builtIn.Contains(name))]).ToString()!;
    }

    private static string? NameOf(IDefinitionNode definition) => definition switch
    {
        DirectiveDefinitionNode directive => directive.Name.Value,
        ScalarTypeDefinitionNode scalar => scalar.Name.Value,
        _ => null,
    };
}
