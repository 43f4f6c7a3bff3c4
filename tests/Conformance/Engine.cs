using OsstOrleans.Gateway.Engines;

namespace OsstOrleans.Conformance.Tests;

/// <summary>Which GraphQL engine the suite judges.</summary>
internal static class Engine
{
    /// <summary>Its name in the environment; the embedded engine without one.</summary>
    public const string Variable = "OSST_GRAPHQL";

    /// <summary>Why the standard engine cannot be judged; null when it can.</summary>
    public static string? StandardMissing { get; } =
        GraphQLEngines.Present.Contains(GraphQLEngineKind.HotChocolate)
            ? null
            : "This build has no HotChocolate: no -p:HotChocolateVersion was given.";

    public static GraphQLEngineKind Current { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name
            ? GraphQLEngines.Find(name) ?? throw new InvalidOperationException($"There is no engine '{name}'.")
            : GraphQLEngineKind.Own;
}

/// <summary>A test of the standard engine; skipped with the reason in a build without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StandardEngineFactAttribute : FactAttribute
{
    public StandardEngineFactAttribute() => Skip = Engine.StandardMissing;
}
