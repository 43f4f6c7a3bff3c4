using OsstOrleans.GraphQL.Suggestions;

namespace OsstOrleans.GraphQL.Tests;

/// <summary>An error about an unknown name says what may have been meant, where the host allows it.</summary>
public sealed class SuggestionTests
{
    [Theory]
    [InlineData("{ dog { nme } }", "Cannot query field \"nme\" on type \"Dog\". Did you mean \"name\"?")]
    [InlineData(
        "{ pet { nickname } }",
        "Cannot query field \"nickname\" on type \"Pet\". "
        + "Did you mean to use an inline fragment on \"Cat\" or \"Dog\"?")]
    [InlineData(
        "{ catOrDog { name } }",
        "Cannot query field \"name\" on type \"CatOrDog\". "
        + "Did you mean to use an inline fragment on \"Pet\", \"Cat\", or \"Dog\"?")]
    [InlineData("{ dog { ...f } } fragment f on Dogg { name }", "Unknown type \"Dogg\". Did you mean \"Dog\"?")]
    [InlineData(
        "{ findDog(searchBi: {name: \"a\"}) { name } }",
        "Unknown argument \"searchBi\" on field \"Query.findDog\". Did you mean \"searchBy\"?")]
    [InlineData(
        "{ dog @skip(fi: true, if: true) { name } }",
        "Unknown argument \"fi\" on directive \"@skip\". Did you mean \"if\"?")]
    [InlineData(
        "{ dog { doesKnowCommand(dogCommand: SAT) } }",
        "Value \"SAT\" does not exist in \"DogCommand\" enum. Did you mean the enum value \"SIT\"?")]
    [InlineData(
        "{ findDog(searchBy: {nmae: \"a\", name: \"a\"}) { name } }",
        "Expected value of type \"FindDogInput\" not to include unknown field \"nmae\". Did you mean \"name\"? "
        + "Found: { nmae: \"a\", name: \"a\" }.")]
    public void A_near_name_is_suggested(string query, string message) =>
        Assert.Equal([message], Pets.Errors(query, suggests: true));

    [Theory]
    [InlineData("{ dog { zzzzzz } }", "Cannot query field \"zzzzzz\" on type \"Dog\".")]
    [InlineData("{ dog @skipp(if: true) { name } }", "Unknown directive \"@skipp\".")]
    public void Nothing_is_made_up(string query, string message) =>
        Assert.Equal([message], Pets.Errors(query, suggests: true));

    [Fact]
    public async Task A_host_can_switch_suggestions_off_for_documents_and_variables()
    {
        foreach (var suggests in new[] { true, false })
        {
            var engine = Sample.Engine(options: new GraphQLOptions { Suggests = suggests });
            foreach (var (query, variables) in new[]
            {
                ("{ helo }", null), ("{ clients { status(x: 1) nam } }", null), ("{ filter(where: {limt: 1}) }", null),
                ("{ ...f } fragment f on Quer { hello }", null), ("{ filter(where: {status: ACTIV}) }", null),
                ("query($w: Filter) { filter(where: $w) }", """{"w": {"limt": 1}}"""),
                ("query($w: Filter) { filter(where: $w) }", """{"w": {"status": "ACTIV"}}"""),
            })
            {
                var answer = await engine.Answer(query, variables);
                Assert.True(answer.Contains("Did you mean", StringComparison.Ordinal) == suggests, answer);
            }
        }
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("name", "NAME", 1)]
    [InlineData("name", "nmae", 1)]
    [InlineData("name", "names", 1)]
    [InlineData("name", "nam", 1)]
    [InlineData("name", "game", 1)]
    [InlineData("abcd", "badc", 2)]
    [InlineData("abc", "xyz", 3)]
    public void Slips_are_counted(string written, string known, int slips)
    {
        Assert.Equal(slips, SpellingDistance.Between(written, known, 9));
        Assert.Equal(slips, SpellingDistance.Between(known, written, 9));
        if (slips > 1)
        {
            Assert.Null(SpellingDistance.Between(written, known, slips - 1));
        }
    }

    [Fact]
    public void Equally_near_names_come_in_natural_order_and_at_most_five() => Assert.Equal(
        " Did you mean \"item1\", \"item2\", \"item3\", \"item9\", or \"item10\"?",
        Suggestion.For("item", ["item10", "item9", "item11", "item3", "item2", "item1"]));
}
