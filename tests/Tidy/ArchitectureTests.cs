using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OsstOrleans.Grains;
using OsstOrleans.GraphQL;
using OsstOrleans.Silo;

namespace OsstOrleans.Tidy.Tests;

/// <summary>Arrows go one way: gateway, silo, grains.</summary>
public sealed class ArchitectureTests
{
    /// <summary>Behind intervals and p of the evaluation.</summary>
    private const string Distributions = "MathNet.Numerics";

    /// <summary>Who may name an engine or a store: itself, and where the parts are put together.</summary>
    private static readonly (string Namespace, string Folder, string[] Roots)[] Parts =
    [
        ("OsstOrleans.Silo.Storage.Sqlite", "silo/Storage/Sqlite", ["silo/Opening/Stores.cs"]),
        ("OsstOrleans.Silo.Storage.Postgres", "silo/Storage/Postgres", ["silo/Opening/Stores.cs"]),
        ("OsstOrleans.GraphQL.Requests", "graphql-gateway/engine", ["graphql-gateway/Engines/GraphQLEngines.cs"]),
        ("OsstOrleans.Gateway.Engines.HotChocolate", "graphql-gateway/Engines/HotChocolate",
            ["graphql-gateway/Engines/GraphQLEngines.cs"]),
    ];

    private static readonly (string Folder, string Namespace)[] Projects =
    [
        ("docs/clients/csharp", "OsstOrleans.ClientSample"),
        ("grains", "OsstOrleans.Grains"), ("silo", "OsstOrleans.Silo"), ("deploy/simulation", "OsstOrleans.Simulation"),
        ("graphql-gateway/engine", "OsstOrleans.GraphQL"), ("graphql-gateway/dashboard", "OsstOrleans.Dashboard"),
        ("graphql-gateway", "OsstOrleans.Gateway"),
        ("tests/Benchmarks", "OsstOrleans.Benchmarks"), ("tests/Conformance", "OsstOrleans.Conformance.Tests"),
        ("tests/EndToEnd", "OsstOrleans.EndToEnd.Tests"),
        ("tests/Gateway", "OsstOrleans.Gateway.Tests"), ("tests/GraphQL", "OsstOrleans.GraphQL.Tests"),
        ("tests/Grains", "OsstOrleans.Grains.Tests"),
        ("tests/Proof", "OsstOrleans.Proof.Tests"), ("tests/Silo", "OsstOrleans.Silo.Tests"),
        ("tests/Tidy", "OsstOrleans.Tidy.Tests"),
    ];

    [Fact]
    public void Grains_reference_Orleans_the_base_library_and_distributions_alone()
    {
        Assert.All(ReferencesOf(typeof(IEvent).Assembly), name => Assert.True(
            name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Orleans.", StringComparison.Ordinal)
            || name == Distributions
            || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal), name));
        Assert.All(ReferencesIn("grains/OsstOrleans.Grains.csproj").Where(name => name != Distributions),
            name => Assert.StartsWith("Microsoft.Orleans.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Deciders_folds_and_statistics_know_no_Orleans() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        where file.IsIn("grains") && !IsOfOrleans(file)
        from line in file.Code
        where Regex.IsMatch(line.Text, @"\bOrleans\.|using Orleans")
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    [Fact]
    public void The_silo_knows_neither_the_gateway_nor_HTTP()
    {
        // Orleans comes with the host and the logging.
        Assert.All(ReferencesOf(typeof(Platform).Assembly), name =>
            Assert.True(name.StartsWith("System.", StringComparison.Ordinal)
                || name.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal)
                || name.StartsWith("Orleans.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                || name is "Npgsql" or "OsstOrleans.Grains", name));
        Assert.DoesNotContain(ReferencesIn("silo/OsstOrleans.Silo.csproj"),
            name => name.Contains("Gateway", StringComparison.Ordinal));
    }

    [Fact]
    public void The_GraphQL_engine_references_the_base_library_alone()
    {
        Assert.All(ReferencesOf(typeof(IGraphQLEngine).Assembly), name =>
            Assert.StartsWith("System.", name, StringComparison.Ordinal));
        Assert.Empty(ReferencesIn("graphql-gateway/engine/OsstOrleans.GraphQL.csproj"));
    }

    /// <summary>What the API would not say, no page can show: there is no other way to ask from there.</summary>
    [Fact]
    public void The_dashboard_knows_the_door_of_the_GraphQL_engine_and_nothing_else_of_the_platform() => Assert.Equal(
        ["../engine/OsstOrleans.GraphQL.csproj", "Microsoft.AspNetCore.App"],
        ReferencesIn("graphql-gateway/dashboard/OsstOrleans.Dashboard.csproj").Order(StringComparer.Ordinal));

    [Fact]
    public void The_simulation_is_a_client_that_knows_no_silo() => Assert.Equal(
        ["../../grains/OsstOrleans.Grains.csproj"],
        ReferencesIn("deploy/simulation/OsstOrleans.Simulation.csproj"));

    [Fact]
    public void The_GraphQL_engines_know_no_grain() => AssertNobodyNames(
        file => file.IsIn("graphql-gateway/Engines"), "OsstOrleans.Silo", "OsstOrleans.Grains");

    [Fact]
    public void An_engine_or_a_store_is_named_only_where_the_parts_are_put_together()
    {
        foreach (var (name, folder, roots) in Parts)
        {
            var relative = name["OsstOrleans.".Length..];
            AssertNobodyNames(
                file => !file.IsIn(folder) && !file.IsIn("tests") && !IsRoot(file.Path), name, relative);

            bool IsRoot(string path) => roots.Any(root => path.StartsWith(root, StringComparison.Ordinal));
        }
    }

    /// <summary>A project may lie in the folder of another: the deepest one has the file.</summary>
    [Fact]
    public void Every_namespace_starts_with_its_project() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        let project = Projects.Where(p => file.IsIn(p.Folder)).MaxBy(p => p.Folder.Length)
        where project.Folder is not null
        from line in file.Lines
        where line.StartsWith("namespace ", StringComparison.Ordinal)
            && !Regex.IsMatch(line, $@"^namespace {Regex.Escape(project.Namespace)}[.;]")
        select $"{file.Path}: {line}");

    [Fact]
    public void Every_source_file_belongs_to_a_project() => SourceTree.AssertNone(
        SourceTree.CSharp.Where(file => !Projects.Any(project => file.IsIn(project.Folder))).Select(file => file.Path));

    private static void AssertNobodyNames(Func<SourceFile, bool> who, params string[] names) => SourceTree.AssertNone(
        from file in SourceTree.CSharp.Where(who)
        from line in file.Code
        from name in names
        where Regex.IsMatch(line.Text, $@"(?<![\w.]){Regex.Escape(name)}\b")
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    /// <summary>The side of the grains that Orleans sees: contracts, activations, and what they share.</summary>
    internal static bool IsOfOrleans(SourceFile file) => file.IsIn("grains/Hosting") || file.IsIn("grains/Calls")
        || file.Path.EndsWith("Grain.cs", StringComparison.Ordinal);

    private static IEnumerable<string> ReferencesOf(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    private static IEnumerable<string> ReferencesIn(string project) =>
        XDocument.Load(Path.Combine(SourceTree.Root, project)).Descendants()
            .Where(element => element.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal))
            .Select(element => element.Attribute("Include")!.Value);
}
