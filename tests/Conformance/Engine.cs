using OsstOrleans.Gateway.Engines;

namespace OsstOrleans.Conformance.Tests;

/// <summary>Which GraphQL engine the suite judges.</summary>
internal static class Engine
{
    /// <summary>Its name in the environment; our own engine without one.</summary>
    public const string Variable = "OSST_GRAPHQL";

    /// <summary>Why HotChocolate cannot be judged; null when it can.</summary>
    public static string? HotChocolateMissing { get; } =
        GraphQLEngines.Present.Contains(GraphQLEngineKind.HotChocolate)
            ? null
            : "This build has no HotChocolate: no -p:HotChocolateVersion was given.";

    public static GraphQLEngineKind Current { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name
            ? GraphQLEngines.Find(name) ?? throw new InvalidOperationException($"There is no engine '{name}'.")
            : GraphQLEngineKind.Own;
}

/// <summary>A test of HotChocolate; skipped with the reason in a build without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HotChocolateFactAttribute : FactAttribute
{
    public HotChocolateFactAttribute() => Skip = Engine.HotChocolateMissing;
}
