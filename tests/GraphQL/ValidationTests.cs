using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Sdl;
using OsstOrleans.GraphQL.Validation;


namespace OsstOrleans.GraphQL.Tests;

public sealed class ValidationTests
{
    [Theory]
    [InlineData("{ dog { name } }")]
    [InlineData("query A { dog { name } } mutation B { addPet(pet: { name: \"x\" }) { name } }")]
    [InlineData("query A @onQuery { dog { ...f } } fragment f on Dog { name @onField nickname @many @many }")]
    [InlineData("subscription { newMessage { body sender } }")]
    [InlineData("subscription { ...s } fragment s on Subscription { newMessage { body } }")]
    [InlineData("{ __typename __schema { queryType { name } } __type(name: \"Dog\") { name } }")]
    [InlineData("query Q($name: String!) { __type(name: $name) { name } }")]
    [InlineData("{ pet { name ... on Dog { barkVolume } ... on Cat { meowVolume } ... { __typename } } }")]
    [InlineData("{ catOrDog { __typename ... on Pet { name } } human { ... on Sentient { name } } }")]
    [InlineData("{ dog { name other: name name } }")]
    [InlineData("{ pet { ... on Dog { volume: barkVolume } ... on Cat { volume: meowVolume } } }")]
    [InlineData(
        "{ pet { ... on Dog { x: name } ... on Cat { x: nickname } } arguments { " +
        "booleanListArgField(booleanListArg: true) } }", false)]
    [InlineData(
        "{ findDog(searchBy: { name: \"x\", owner: { name: \"y\" } }) { name } findDog(searchBy: { owner: { name: " +
        "\"y\" }, name: \"x\" }) { nickname } }")]
    [InlineData(
        "query($b: Boolean!) { arguments { booleanArgField(booleanArg: $b) " +
        "nonNullBooleanArgField(nonNullBooleanArg: $b) } }")]
    [InlineData("query($b: Boolean = true) { arguments { nonNullBooleanArgField(nonNullBooleanArg: $b) } }")]
    [InlineData("query($b: Boolean) { arguments { optionalNonNullBooleanArgField(optionalBooleanArg: $b) } }")]
    [InlineData(
        "query($b: Boolean @onVariable, $l: [Boolean!]!) { arguments { booleanListArgField(booleanListArg: [true, " +
        "$b]) x: booleanListArgField(booleanListArg: $l) } }")]
    [InlineData(
        "{ arguments { floatArgField(floatArg: 1) idArgField(id: 4) intArgField(int: null) " +
        "optionalNonNullBooleanArgField } }")]
    [InlineData("query($id: ID!) { one(of: { id: $id }) }")]
    [InlineData("query($id: ID = \"x\") { one(of: { id: $id }) }")]
    [InlineData("query A($x: Int) { arguments { ...f } } fragment f on Arguments { intArgField(int: $x) }")]
    public void A_valid_document_has_no_errors(string query, bool hasNone = true) =>
        Assert.Equal(hasNone, Pets.Errors(query).Count == 0);

    [Theory]
    [InlineData("{ dog { name } } type X { a: Int }", "The \"X\" definition is not executable.")]
    [InlineData("{ dog { name } } extend schema @onQuery", "The schema definition is not executable.")]
    [InlineData("query A { dog { name } } query A { dog { name } }", "There can be only one operation named \"A\".")]
    [InlineData("{ dog { name } } query A { dog { name } }",
        "This anonymous operation must be the only defined operation.")]
    [InlineData("subscription S { newMessage { body } disallowed }",
        "Subscription \"S\" must select only one top level field.")]
    [InlineData("subscription { __typename }",
        "Anonymous Subscription must not select an introspection top level field.")]
    [InlineData("subscription S($b: Boolean!) { newMessage @skip(if: $b) { body } }",
        "Subscription \"S\" must not use `@skip` or `@include` directives in the top level selection.")]
    [InlineData("{ dog { ... on Unknown { name } } }", "Unknown type \"Unknown\".")]
    [InlineData("query($x: Nothing) { one(of: $x) }", "Unknown type \"Nothing\".")]
    [InlineData("{ dog { ... on Boolean { name } } }", "Fragment cannot condition on non composite type \"Boolean\".")]
    [InlineData("{ dog { ...f } } fragment f on FindDogInput { name }",
        "Fragment \"f\" cannot condition on non composite type \"FindDogInput\".")]
    [InlineData("{ dog }",
        "Field \"dog\" of type \"Dog\" must have a selection of subfields. Did you mean \"dog { ... }\"?")]
    [InlineData("{ dog { name { first } } }",
        "Field \"name\" must not have a selection since type \"String!\" has no subfields.")]
    [InlineData("{ dog { meowVolume } }", "Cannot query field \"meowVolume\" on type \"Dog\".")]
    [InlineData("{ pet { nickname } }", "Cannot query field \"nickname\" on type \"Pet\".")]
    [InlineData("{ catOrDog { name } }", "Cannot query field \"name\" on type \"CatOrDog\".")]
    [InlineData("mutation { __schema { description } }", "Cannot query field \"__schema\" on type \"Mutation\".")]
    [InlineData("{ dog { ...f } } fragment f on Dog { name } fragment f on Dog { name }",
        "There can be only one fragment named \"f\".")]
    [InlineData("{ dog { ...nothing } }", "Unknown fragment \"nothing\".")]
    [InlineData("{ dog { name } } fragment f on Dog { name }", "Fragment \"f\" is never used.")]
    [InlineData("{ dog { ... on Cat { name } } }",
        "Fragment cannot be spread here as objects of type \"Dog\" can never be of type \"Cat\".")]
    [InlineData("{ pet { ...f } } fragment f on HumanOrAlien { __typename }",
        "Fragment \"f\" cannot be spread here as objects of type \"Pet\" can never be of type \"HumanOrAlien\".")]
    [InlineData("{ dog { ...a } } fragment a on Dog { ...b } fragment b on Dog { mother { ...a } }",
        "Cannot spread fragment \"a\" within itself via \"b\".")]
    [InlineData("{ dog { ...a } } fragment a on Dog { ...a }", "Cannot spread fragment \"a\" within itself.")]
    [InlineData("query($a: Int, $a: Int) { arguments { intArgField(int: $a) } }",
        "There can be only one variable named \"$a\".")]
    [InlineData("query A { arguments { ...f } } fragment f on Arguments { intArgField(int: $a) }",
        "Variable \"$a\" is not defined by operation \"A\".")]
    [InlineData("query A($a: Int) { dog { name } }", "Variable \"$a\" is never used in operation \"A\".")]
    [InlineData("{ dog @nothing { name } }", "Unknown directive \"@nothing\".")]
    [InlineData("{ dog @onQuery { name } }", "Directive \"@onQuery\" may not be used on FIELD.")]
    [InlineData("{ dog @onField @onField { name } }",
        "The directive \"@onField\" can only be used once at this location.")]
    [InlineData("{ dog @needs { name } }",
        "Argument \"@needs(what:)\" of type \"Int!\" is required, but it was not provided.")]
    [InlineData("{ dog @needs(what: 1, other: 2) { name } }", "Unknown argument \"other\" on directive \"@needs\".")]
    [InlineData("{ dog { name(x: 1) } }", "Unknown argument \"x\" on field \"Dog.name\".")]
    [InlineData("{ arguments { intArgField(int: 1, int: 1) } }", "There can be only one argument named \"int\".")]
    [InlineData("{ arguments { multipleRequirements(x: 1) } }",
        "Argument \"Arguments.multipleRequirements(y:)\" of type \"Int!\" is required, but it was not provided.")]
    [InlineData("{ arguments { intArgField(int: \"3\") } }", "Int cannot represent non-integer value: \"3\"")]
    [InlineData("{ arguments { intArgField(int: 3000000000) } }",
        "Int cannot represent non 32-bit signed integer value: 3000000000")]
    [InlineData("{ arguments { floatArgField(floatArg: true) } }", "Float cannot represent non numeric value: true")]
    [InlineData("{ arguments { stringArgField(string: BAR) } }", "String cannot represent a non string value: BAR")]
    [InlineData("{ arguments { booleanArgField(booleanArg: 2) } }", "Boolean cannot represent a non boolean value: 2")]
    [InlineData("{ arguments { idArgField(id: 1.5) } }", "ID cannot represent a non-string and non-integer value: 1.5")]
    [InlineData("{ arguments { nonNullBooleanArgField(nonNullBooleanArg: null) } }",
        "Expected value of non-null type \"Boolean!\" not to be null.")]
    [InlineData("{ dog { doesKnowCommand(dogCommand: \"SIT\") } }",
        "Enum \"DogCommand\" cannot represent non-enum value: \"SIT\".")]
    [InlineData("{ dog { doesKnowCommand(dogCommand: JUMP) } }",
        "Value \"JUMP\" does not exist in \"DogCommand\" enum.")]
    [InlineData("{ findDog(searchBy: { owner: {} }) { name } }",
        "Expected value of type \"FindDogInput\" to include required field \"name\", found: { owner: {  } }.")]
    [InlineData("{ findDog(searchBy: { name: \"x\", age: 1 }) { name } }",
        "Expected value of type \"FindDogInput\" not to include unknown field \"age\", found: { name: \"x\", age: 1 " +
            "}.")]
    [InlineData("{ findDog(searchBy: { name: \"x\", name: \"y\" }) { name } }",
        "There can be only one input field named \"name\".")]
    [InlineData("query($b: Boolean! = \"x\") { arguments { booleanArgField(booleanArg: $b) } }",
        "Boolean cannot represent a non boolean value: \"x\"")]
    [InlineData("{ one(of: { id: 1, name: \"x\" }) }",
        "Within OneOf Input Object type \"OneOf\", exactly one field must be specified, and the value for that " +
            "field must be non-null.")]
    [InlineData("query($id: ID) { one(of: { id: $id }) }",
        "Variable \"$id\" is of type \"ID\" but must be non-nullable to be used for OneOf Input Object \"OneOf\".")]
    [InlineData("{ arguments { floatArgField(floatArg: 1e400) } }",
        "Float cannot represent non numeric value: 1e400")]
    [InlineData("query($b: Boolean) { arguments { nonNullBooleanArgField(nonNullBooleanArg: $b) } }",
        "Variable \"$b\" of type \"Boolean\" used in position expecting type \"Boolean!\".")]
    [InlineData("query($l: [Boolean]) { arguments { booleanListArgField(booleanListArg: $l) } }",
        "Variable \"$l\" of type \"[Boolean]\" used in position expecting type \"[Boolean]!\".")]
    [InlineData("query($i: Int) { arguments { booleanArgField(booleanArg: $i) } }",
        "Variable \"$i\" of type \"Int\" used in position expecting type \"Boolean\".")]
    [InlineData("{ dog { name: nickname name } }", Conflict + "\"name\" conflict because \"nickname\" and \"name\" " +
        "are different fields." + Advice)]
    [InlineData("{ dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: HEEL) } }",
        Conflict + "\"doesKnowCommand\" conflict because they have differing arguments." + Advice)]
    [InlineData("{ pet { ... on Dog { x: barkVolume } ... on Cat { x: nickname } } }",
        Conflict + "\"x\" conflict because they return conflicting types \"Int\" and \"String\"." + Advice)]
    [InlineData("{ dog { owner { name } } d: dog { name } dog { owner { name: __typename } } }",
        Conflict + "\"dog\" conflict because subfields \"owner\" conflict because subfields \"name\" conflict " +
            "because \"name\" and \"__typename\" are different fields." + Advice)]
    public void An_invalid_document_breaks_one_rule(string query, string message) =>
        Assert.Equal([message], Pets.Errors(query));

    [Fact]
    public void A_subscription_that_selects_nothing_of_its_own_is_told_so() => Assert.Contains(
        "Subscription \"S\" must select one top level field.",
        Pets.Errors("subscription S { ... on Subscription { ...s } } fragment s on Query { dog { name } }"));

    [Fact]
    public void A_variable_of_an_output_type_is_refused() =>
        Assert.Contains("Variable \"$x\" cannot be non-input type \"[Dog]\".", Pets.Errors(
            "query($x: [Dog]) { one(of: { id: $x }) }"));

    [Fact]
    public void An_operation_without_a_root_type_is_refused() =>
        Assert.Equal(["The mutation operation is not supported by the schema."], Validator.Validate(
            SchemaBuilder.Build("type Query { a: Int }"),
            Parser.Parse("mutation { a { b } }", new GraphQLLimits()), new GraphQLLimits()).Select(e => e.Message));

    [Fact]
    public void Errors_are_capped() =>
        Assert.Equal(3, Pets.Errors("{ a b c d e f }", new GraphQLLimits { MaxErrors = 3 }).Count);

    [Fact]
    public void Ten_thousand_alike_fields_are_checked_in_linear_steps()
    {
        var query = $"{{ dog {{ {string.Concat(Enumerable.Repeat("name ", 10_000))} }} }}";
        Assert.Empty(Pets.Errors(query, new GraphQLLimits { MaxComparisons = 100_000 }));
    }

    [Fact]
    public void A_check_of_overlapping_fields_that_explodes_ends_in_a_limit()
    {
        var levels = Enumerable.Range(0, 24).Aggregate("name", (inner, _) =>
            $"... on Dog {{ mother {{ {inner} }} }} ... on Dog {{ mother {{ {inner} }} }}".Length > 200_000
                ? inner
                : $"... on Dog {{ mother {{ {inner} }} }} ... on Dog {{ mother {{ {inner} }} }}");
        var errors = Pets.Errors($"{{ pet {{ {levels} }} }}",
            new GraphQLLimits { MaxComparisons = 1_000, MaxTokens = int.MaxValue, MaxNesting = 100 });
        Assert.StartsWith("Checking which fields can be merged takes more than 1000 steps.", Assert.Single(errors),
            StringComparison.Ordinal);
    }

    private const string Conflict = "Fields ";

    private const string Advice = " Use different aliases on the fields to fetch both if this was intentional.";
}
