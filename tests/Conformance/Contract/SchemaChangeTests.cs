using OsstOrleans.Gateway.Resolvers;

namespace OsstOrleans.Conformance.Tests.Contract;

/// <summary>
/// What was once promised in <c>schema.graphql</c> is kept. The promise is the golden file; it grows on purpose only, by
/// running this test with <c>OSST_GOLDEN=append</c>, and never by a change that breaks clients.
/// </summary>
public sealed class SchemaChangeTests
{
    private const string Before = """
        interface Named { name: String! }
        type Person implements Named { name: String! age(in: Unit = YEARS): Int friends: [Person!]! }
        type Farm implements Named { name: String! }
        union Found = Person | Farm
        enum Unit { YEARS DAYS }
        input Filter { limit: Int text: String = "a" }
        type Query { find(where: Filter, first: Int!): Found me: Person }
        """;

    private static string Golden =>
        Path.Combine(Node.Checkout, "tests", "Conformance", "Golden", "schema.graphql");

    [NodeFact]
    public async Task No_change_of_the_contract_breaks_a_client()
    {
        var promised = await File.ReadAllTextAsync(Golden);
        var changes = await SchemaChange.Between(promised, PlatformSchema.Sdl);
        var breaking = changes.Where(change => change.Kind == "breaking").ToArray();
        Assert.True(breaking.Length == 0,
            "This would break clients that work today; keep the old form and deprecate it:\n"
            + string.Join('\n', breaking.AsEnumerable()));
        if (Environment.GetEnvironmentVariable("OSST_GOLDEN") == "append")
        {
            await File.WriteAllTextAsync(Golden, PlatformSchema.Sdl);
            return;
        }
        Assert.True(promised == PlatformSchema.Sdl,
            "schema.graphql has changed. Nothing that follows breaks a client; run this test with OSST_GOLDEN=append to "
            + $"promise it:\n{string.Join('\n', changes.AsEnumerable())}");
    }

    [NodeTheory]
    [InlineData("breaking", "me: Person }", "}")]
    [InlineData("breaking", "me: Person }", "me: Farm }")]
    [InlineData("breaking", "me: Person }", "me(at: Int!): Person }")]
    [InlineData("breaking", "friends: [Person!]!", "friends: [Person!]")]
    [InlineData("breaking", "friends: [Person!]!", "friends: [Person]!")]
    [InlineData("breaking", "friends: [Person!]!", "friends: Person")]
    [InlineData("breaking", "where: Filter, ", "")]
    [InlineData("breaking", "where: Filter,", "where: Filter!,")]
    [InlineData("breaking", "YEARS DAYS", "YEARS")]
    [InlineData("breaking", "Unit = YEARS", "Unit = DAYS")]
    [InlineData("breaking", "Unit = YEARS", "Unit")]
    [InlineData("breaking", "limit: Int ", "")]
    [InlineData("breaking", "limit: Int ", "limit: Int! ")]
    [InlineData("breaking", "limit: Int ", "limit: String ")]
    [InlineData("breaking", "limit: Int ", "limit: Int must: Int! ")]
    [InlineData("breaking", "text: String = \"a\"", "text: String = \"b\"")]
    [InlineData("breaking", "input Filter { limit: Int text: String = \"a\" }",
        "input Filter @oneOf { limit: Int text: String }")]
    [InlineData("breaking", "Person | Farm", "Person")]
    [InlineData("breaking", "Farm implements Named", "Farm")]
    [InlineData("breaking", "enum Unit { YEARS DAYS }", "scalar Unit")]
    [InlineData("dangerous", "YEARS DAYS", "YEARS DAYS WEEKS")]
    [InlineData("dangerous", "Found = Person | Farm", "Found = Person | Farm | Barn type Barn { name: String }")]
    [InlineData("harmless", "first: Int!", "first: Int")]
    [InlineData("harmless", "me: Person }", "me: Person! }")]
    [InlineData("harmless", "me: Person }", "me: Person you: Person }")]
    [InlineData("harmless", "me: Person }", "\"Who asks.\" me: Person }")]
    [InlineData("nothing", "me: Person }", "me: Person @deprecated }")]
    public async Task Each_change_is_judged_by_what_it_does_to_clients(string worst, string old, string now)
    {
        Assert.Contains(old, Before, StringComparison.Ordinal);
        var changes = await SchemaChange.Between(Before, Before.Replace(old, now, StringComparison.Ordinal));
        string[] kinds = ["breaking", "dangerous", "harmless"];
        Assert.Equal(worst, kinds.FirstOrDefault(kind => changes.Any(change => change.Kind == kind)) ?? "nothing");
    }
}
