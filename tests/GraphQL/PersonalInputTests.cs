using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;


namespace OsstOrleans.GraphQL.Tests;

/// <summary>What a person is called never comes back in an error, wherever in an input it stood.</summary>
public sealed class PersonalInputTests
{
    /// <summary>Stands for anything that may be a person's.</summary>
    private const string Secret = "Synteettinen";

    private const string Sdl = """
        scalar Name
        enum Kind { A }
        type Query { greet(name: Name, who: Who, all: [Who!], plain: Plain): String }
        input Who { name: Name! year: Int kind: Kind at: At }
        input At { street: String year: Int! }
        input Plain { year: Int! }
        """;

    private static readonly GraphQLEngine Engine = GraphQLEngine.Build(Sdl, new ResolverMap()
        .Scalar<string>("Name", "a text", (text, json) => json.Text(text), TryRead, isPersonal: true)
        .Root("Query", "greet", _ => ValueTask.FromResult("hello")));

    [Theory]
    [InlineData("query($v: Name) { greet(name: $v) }", """["Synteettinen"]""")]
    [InlineData("query($v: Who) { greet(who: $v) }", "\"Synteettinen\"")]
    [InlineData("query($v: Who) { greet(who: $v) }", """{"name":["Synteettinen"]}""")]
    [InlineData("query($v: Who) { greet(who: $v) }", """{"name":"a","year":"Synteettinen"}""")]
    [InlineData("query($v: Who) { greet(who: $v) }", """{"name":"a","kind":"Synteettinen"}""")]
    [InlineData("query($v: Who) { greet(who: $v) }", """{"name":"a","at":{"street":"Synteettinen"}}""")]
    [InlineData("query($v: Who) { greet(who: $v) }", """{"name":"Synteettinen","extra":1}""")]
    [InlineData("query($v: Who) { greet(who: $v) }", """{"kind":"A","at":{"street":"Synteettinen","year":1}}""")]
    [InlineData("query($v: [Who!]) { greet(all: $v) }", """[{"name":"a"},"Synteettinen"]""")]
    public async Task A_variable_that_may_hold_it_is_not_repeated(string query, string value)
    {
        var answer = await Engine.Answer(query, $"{{\"v\":{value}}}");
        Assert.Contains("\"code\":\"VARIABLES\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ greet(name: [\"Synteettinen\"]) }", "VALIDATION")]
    [InlineData("{ greet(who: \"Synteettinen\") }", "VALIDATION")]
    [InlineData("{ greet(who: {name: \"a\", year: \"Synteettinen\"}) }", "VALIDATION")]
    [InlineData("{ greet(who: {name: \"Synteettinen\", extra: 1}) }", "VALIDATION")]
    [InlineData("{ greet(who: {name: \"a\", at: {street: \"Synteettinen\"}}) }", "VALIDATION")]
    [InlineData("query($v: Who = {name: \"Synteettinen\", extra: 1}) { greet(who: $v) }", "VALIDATION")]
    [InlineData("{ greet(name: \"a\" \"Synteettinen\") }", "SYNTAX")]
    [InlineData("{ greet(name: \"a\" \"\"\"Synteettinen\"\"\") }", "SYNTAX")]
    public async Task Nor_is_a_literal(string query, string code)
    {
        var answer = await Engine.Answer(query);
        Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_place_is_told_all_the_same()
    {
        var answer = await Engine.Answer(
            "query($v: [Who!]) { greet(all: $v) }", """{"v":[{"name":"a"},{"name":"a","year":"x"}]}""");
        Assert.Contains(
            "at \\\"value[1].year\\\": Expected a value of type \\\"Int\\\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_personal_is_repeated()
    {
        var answer = await Engine.Answer("query($v: Plain) { greet(plain: $v) }", """{"v":{"year":"about 1980"}}""");
        Assert.Contains("about 1980", answer, StringComparison.Ordinal);
    }

    private static bool TryRead(object raw, out string name)
    {
        name = raw as string ?? "";
        return raw is string;
    }
}
