using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Resolvers;


namespace OsstOrleans.GraphQL.Tests;

public sealed class ParserTests
{
    private static readonly GraphQLLimits s_limits = new();

    [Fact]
    public void An_operation_has_all_its_parts()
    {
        var document = Parser.Parse("""
            "What it is for" query Find("who" $id: ID! = 4 @a, $list: [[Int!]]!) @b(x: $id) {
              alias: field(a: [1, 2.5, "s", TRUE, null, true, { b: $id }]) @include(if: true) {
                ...f ... on T { x } ... @c { y }
              }
            }
            "Part" fragment f on T @d { z }
            """, s_limits);
        var operation = Assert.IsType<OperationDefinition>(document.Definitions[0]);
        Assert.Equal(("What it is for", "Find", OperationKind.Query),
            (operation.Description, operation.Name!.Text, operation.Kind));
        Assert.Equal("[[Int!]]!", operation.Variables[1].Type.ToString());
        Assert.Equal(("who", "4"), (operation.Variables[0].Description, ValuePrinter.Print(
            operation.Variables[0].Default!)));
        var field = Assert.IsType<Field>(operation.SelectionSet.Selections[0]);
        Assert.Equal(("alias", "field"), (field.ResponseName, field.Name.Text));
        Assert.Equal("[1, 2.5, \"s\", TRUE, null, true, { b: $id }]", ValuePrinter.Print(field.Arguments[0].Value));
        Assert.Equal([typeof(FragmentSpread), typeof(InlineFragment), typeof(InlineFragment)],
            field.SelectionSet!.Selections.Select(s => s.GetType()));
        Assert.Equal("Part", Assert.IsType<FragmentDefinition>(document.Definitions[1]).Description);
    }

    [Theory]
    [InlineData("", "Unexpected <EOF>.")]
    [InlineData("{", "Expected Name, found <EOF>.")]
    [InlineData("{}", "Expected Name, found \"}\".")]
    [InlineData("{ a(b) }", "Expected \":\", found \")\".")]
    [InlineData("{ a() }", "Expected Name, found \")\".")]
    [InlineData("{ ...on }", "Expected Name, found \"}\".")]
    [InlineData("fragment on on T { a }", "Unexpected Name \"on\".")]
    [InlineData("fragment f T { a }", "Expected \"on\", found Name \"T\".")]
    [InlineData("query($a: Int = $b) { a }", "Unexpected variable \"$b\" in constant value.")]
    [InlineData("query($a: [Int) { a }", "Expected \"]\", found \")\".")]
    [InlineData("notAnOperation { a }", "Unexpected Name \"notAnOperation\".")]
    [InlineData("\"text\" { a }", "Unexpected description, descriptions are not supported on shorthand queries.")]
    [InlineData("\"text\" extend type A { a: Int }",
        "Unexpected description, only GraphQL definitions support descriptions.")]
    [InlineData("\"text\" notADefinition",
        "Unexpected description, only GraphQL definitions support descriptions.")]
    [InlineData("extend type A", "Unexpected <EOF>.")]
    [InlineData("enum E { true }", "Name \"true\" is reserved and cannot be used for an enum value.")]
    [InlineData("directive @a on NOWHERE", "Unexpected Name \"NOWHERE\".")]
    [InlineData("{ }", "Expected Name, found \"}\".")]
    [InlineData("type A { }", "Expected Name, found \"}\".")]
    [InlineData("schema { other: A }", "Unexpected Name \"other\".")]
    public void A_syntax_error_says_what_was_found(string text, string message) =>
        Assert.Equal("Syntax Error: " + message, Assert.Throws<SyntaxFault>(() => Parser.Parse(text,
            s_limits)).Message);

    [Fact]
    public void Every_kind_of_type_system_definition_is_read()
    {
        var document = Parser.Parse("""
            "d" schema @a { query: Q } extend schema { mutation: M }
            scalar S @a  extend scalar S @b
            type T implements & A & B @a { "d" f("d" x: Int = 1 @b): [T!]! @c } type Empty
            interface I implements A { f: Int } extend interface I @a
            union U @a = | A | B  extend union U = C
            enum E { "d" A @a B } input In { a: Int = 1 @a } extend input In { b: [In!] }
            directive @a("d" x: Int) repeatable on | FIELD | SCHEMA
            """, s_limits);
        Assert.Equal(14, document.Definitions.Count);
    }

    [Theory]
    [InlineData('{')]
    [InlineData('[')]
    [InlineData('(')]
    public void A_hundred_thousand_open_marks_end_in_an_error_and_not_in_a_broken_stack(char mark)
    {
        var limits = s_limits with { MaxTokens = int.MaxValue, MaxDocumentLength = int.MaxValue };
        foreach (var start in (string[])["", "{ a(b: ", "query($a: ", "{ a { b "])
        {
            Assert.Throws<SyntaxFault>(() => Parser.Parse(start + new string(mark, 100_000), limits));
        }
        var nested = string.Concat(Enumerable.Repeat("{ a ", 100_000));
        Assert.Equal("LIMIT_DEPTH", Assert.Throws<SyntaxFault>(() => Parser.Parse(nested, limits)).Code);
    }
}
