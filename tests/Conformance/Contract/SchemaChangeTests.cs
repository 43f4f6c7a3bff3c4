using OsstOrleans.Gateway.Resolvers;

namespace OsstOrleans.Conformance.Tests.Contract;

/// <summary>
/// What clients rely on is kept. <c>schema.graphql</c> is the contract; a change of it is judged against the contract
/// that this branch began with (decision 0012). What breaks clients is written down, or it fails.
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

    /// <summary>Breaking changes that somebody decided on, one a line as this test words them.</summary>
    private static string Decided => Path.Combine(Node.Checkout, "docs", "decisions", "0022-contract-changes.md");

    [NodeFact]
    public async Task No_change_of_the_contract_breaks_a_client_unless_it_was_decided()
    {
        if (await PromisedContract.Read() is not { } promised)
        {
            return; // No history, so nothing to compare with: an unpacked archive.
        }
        var decided = await File.ReadAllTextAsync(Decided);
        var undecided = (await SchemaChange.Between(promised, PlatformSchema.Sdl))
            .Where(change => change.Kind == "breaking"
                && !decided.Contains($"- {change.Description}\n", StringComparison.Ordinal))
            .ToArray();
        Assert.True(undecided.Length == 0,
            "This would break clients that work today. Keep the old form and deprecate it, or decide it in "
            + "docs/decisions/0022-contract-changes.md, one line each:\n"
            + string.Join('\n', undecided.AsEnumerable()));
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
