using OsstOrleans.GraphQL.Sdl;


namespace OsstOrleans.GraphQL.Tests;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("type Query { a: Nothing }", "Unknown type \"Nothing\". (line 1, column 17)")]
    [InlineData("type A { a: Int }", "Query root type must be provided.")]
    [InlineData("type Query { a: Int } type Query { b: Int }",
        "There can be only one type named \"Query\". (line 1, column 28)")]
    [InlineData("type Query { a: Int a: Int }", "Field \"Query.a\" can only be defined once. (line 1, column 21)")]
    [InlineData("type Query { a(x: Int, x: Int): Int }",
        "Argument \"Query.a(x:)\" can only be defined once. (line 1, column 24)")]
    [InlineData("type Query { a: E } enum E { A A }",
        "Enum value \"E.A\" can only be defined once. (line 1, column 32)")]
    [InlineData("schema { query: Q } schema { mutation: Q } type Q { a: Int }",
        "Must provide only one schema definition. (line 1, column 21)")]
    [InlineData("schema { query: Q query: Q } type Q { a: Int }",
        "There can be only one query type in schema. (line 1, column 19)")]
    [InlineData("type Query { a: Int } extend type B { a: Int }",
        "Cannot extend type \"B\" because it is not defined. (line 1, column 35)")]
    [InlineData("type Query { a: Int } extend input Query { b: Int }",
        "Cannot extend non-input object type \"Query\". (line 1, column 23)")]
    [InlineData("type Query { a: Int @nothing }", "Unknown directive \"@nothing\". (line 1, column 21)")]
    [InlineData("type Query @deprecated { a: Int }",
        "Directive \"@deprecated\" may not be used on OBJECT. (line 1, column 12)")]
    [InlineData("type Query { a: S } scalar S @specifiedBy",
        "Argument \"@specifiedBy(url:)\" of type \"String!\" is required, but it was not provided. (line 1, column " +
        "30)")]
    [InlineData("type Query { a: Int @deprecated @deprecated }",
        "The directive \"@deprecated\" can only be used once at this location. (line 1, column 33)")]
    [InlineData("directive @a on FIELD directive @a on FIELD type Query { a: Int }",
        "There can be only one directive named \"@a\". (line 1, column 34)")]
    [InlineData("type Query { a: I } input I { a: Int }", "The type of Query.a must be Output Type but got: I.")]
    [InlineData("type Query { a(x: Query): Int }", "The type of Query.a(x:) must be Input Type but got: Query.")]
    [InlineData("type Query { a(x: Int = \"1\"): Int }",
        "Query.a(x:) has invalid default value: Int cannot represent non-integer value: \"1\"")]
    [InlineData("type Query { __a: Int }",
        "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type Query", "Type Query must define one or more fields.")]
    [InlineData("type Query { a: U } union U", "Union type U must define one or more member types.")]
    [InlineData("type Query { a: U } union U = Query | Query", "Union type U can only include type Query once.")]
    [InlineData("type Query { a: U } union U = Int",
        "Union type U can only include Object types, it cannot include Int.")]
    [InlineData("type Query { a: E } enum E", "Enum type E must define one or more values.")]
    [InlineData("type Query implements Int { a: Int }",
        "Type Query must only implement Interface types, it cannot implement Int.")]
    [InlineData("type Query implements I { a: Int } interface I { b: Int }",
        "Interface field I.b expected but Query does not provide it.")]
    [InlineData("type Query implements I { a: String } interface I { a: Int }",
        "Interface field I.a expects type Int but Query.a is type String.")]
    [InlineData("type Query implements I { a: Int } interface I { a(x: Int): Int }",
        "Interface field argument I.a(x:) expected but Query.a does not provide it.")]
    [InlineData("type Query implements I { a(x: Int!): Int } interface I { a: Int }",
        "Argument \"Query.a(x:)\" must not be required type \"Int!\" if not provided by the Interface field " +
        "\"I.a\".")]
    [InlineData("type Query implements I { a: Int } interface I implements J { a: Int } interface J { a: Int }",
        "Type Query must implement J because it is implemented by I.")]
    [InlineData("type Query { a: Int } interface I implements I { a: Int }",
        "Type I cannot implement itself because it would create a circular reference.")]
    [InlineData("type Query { a(x: A): Int } input A { b: B! } input B { a: A! }",
        "Input Object A cannot be provided a finite value because it references itself through fields: A.b, B.a.")]
    [InlineData("type Query { a(x: A): Int } input A @oneOf { b: Int! }", "OneOf input field A.b must be nullable.")]
    [InlineData("type Query { a(x: A): Int } input A @oneOf { b: Int = 1 }",
        "OneOf input field A.b cannot have a default value.")]
    [InlineData("type Query { a(x: Int! @deprecated): Int }", "Required argument Query.a(x:) cannot be deprecated.")]
    [InlineData("schema { query: Q } scalar Q", "Query root type must be Object type, it cannot be Q.")]
    [InlineData("type Query { a: Int } { a }",
        "An SDL document holds no operations and no fragments. (line 1, column 23)")]
    [InlineData("type Query {", "Syntax Error: Expected Name, found <EOF>. (line 1, column 13)")]
    public void A_fault_in_the_sdl_is_one_clear_sentence(string sdl, string fault) =>
        Assert.Equal([fault], Assert.Throws<SchemaException>(() => SchemaBuilder.Build(sdl)).Faults);

    [Fact]
    public void Printing_and_reading_back_gives_the_same_schema()
    {
        foreach (var sdl in (string[])[Sample.Sdl, Rich])
        {
            var printed = SchemaPrinter.Print(SchemaBuilder.Build(sdl));
            Assert.Equal(printed, SchemaPrinter.Print(SchemaBuilder.Build(printed)));
        }
        Assert.Equal(Rich.Trim(), SchemaPrinter.Print(SchemaBuilder.Build(Rich)).Trim());
    }

    [Fact]
    public void Extensions_join_their_definitions() =>
        Assert.Equal(
            "type Query implements I {\n  a: E\n  b: Int\n}\n\ninterface I {\n  b: Int\n}\n\nenum E {\n  A\n  B\n}\n",
            SchemaPrinter.Print(SchemaBuilder.Build(
                "type Query { a: E } extend type Query implements I { b: Int } interface I { b: Int } enum E { A } " +
                    "extend enum E { B }")));

    private const string Rich = """"
        """The whole."""
        schema {
          query: Root
        }

        directive @cost(weight: Int! = 1) repeatable on FIELD_DEFINITION | OBJECT

        """
        Many lines
          with an indent
        and "quotes"
        """
        type Root {
          """A field."""
          field(
            """An argument."""
            x: [Int!]! = [1, 2]
            y: In = { a: 1 }
          ): String! @deprecated(reason: "for \"this\"")
        }

        input In @oneOf {
          a: Int
          b: String
        }

        scalar Url @specifiedBy(url: "https://example.org")
        """";
}
