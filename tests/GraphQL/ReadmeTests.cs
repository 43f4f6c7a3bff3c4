using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Tests;

/// <summary>The example of the engine's page does what the page says.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_example_works()
    {
        var towns = new[] { new Town("837", "Tampere") };
        var resolvers = new ResolverMap()
            .Object<Town>("Town") // code and name are properties of the record
            .Root("Query", "town", call => ValueTask.FromResult(
                towns.FirstOrDefault(town => town.Code == call.Arguments.Get<string>("code"))));
        var engine = GraphQLEngine.Build(
            "type Query { town(code: ID!): Town } type Town { code: ID! name: String! }", resolvers);
        var answer = new ArrayBufferWriter<byte>();
        await engine.ExecuteAsync(
            new GraphQLRequest("{ town(code: 837) { name } }"), new GraphQLRequestContext(), answer);
        Assert.Equal("""{"data":{"town":{"name":"Tampere"}}}""", Encoding.UTF8.GetString(answer.WrittenSpan));
    }

    [Fact]
    public void The_page_shows_the_example_as_it_is_tested()
    {
        var page = File.ReadAllText(Path.Combine(Here(), "../../graphql-gateway/engine/README.md"));
        var example = page.Split("```csharp\n")[1].Split("```")[0].Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal)
                && !line.StartsWith("Console.", StringComparison.Ordinal));
        var tested = File.ReadAllText(Path.Combine(Here(), "ReadmeTests.cs"));
        Assert.All(example, line => Assert.Contains(line.Trim(), tested, StringComparison.Ordinal));
        Assert.Contains("""{"data":{"town":{"name":"Tampere"}}}""", page, StringComparison.Ordinal);
    }

    private static string Here([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}

internal sealed record Town(string Code, string Name);
