using System.Text.Json;
using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Tests;

/// <summary>The platform's rules as another engine asks for them.</summary>
public sealed class RequestGateTests
{
    private static readonly IRequestGate s_gate = Sample.Engine(
        options: new GraphQLOptions { Limits = new GraphQLLimits { MaxAliases = 2 } });

    [Theory]
    [InlineData("{ hello ", GraphQLErrorCodes.Syntax)]
    [InlineData("{ a: hello b: hello c: hello }", GraphQLErrorCodes.LimitAliases)]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        GraphQLErrorCodes.LimitIntrospection)]
    [InlineData("query A { hello } query B { hello }", GraphQLErrorCodes.Operation)]
    public void Syntax_limits_and_the_choice_of_an_operation_are_the_gates_to_judge(string query, string code)
    {
        var error = Assert.Single(s_gate.Judge(new GraphQLRequest(query), new GraphQLRequestContext()).Errors);
        Assert.Equal(code, error.Code);
        Assert.Null(s_gate.KindOf(new GraphQLRequest(query)));
    }

    [Fact]
    public void What_a_role_may_not_and_what_costs_too_much_is_the_gates_to_judge()
    {
        var introspection = new GraphQLRequest("{ __type(name: \"Query\") { name } }");
        Assert.Equal("FORBIDDEN", Assert.Single(s_gate.Judge(introspection, Sample.NoIntrospection).Errors).Code);
        IRequestGate strict = Sample.Engine(
            options: new GraphQLOptions { Limits = new GraphQLLimits { MaxFieldCost = 1 } });
        var clients = new GraphQLRequest("{ clients { friends { id } } }");
        Assert.Equal(
            GraphQLErrorCodes.LimitCost, Assert.Single(strict.Judge(clients, new GraphQLRequestContext()).Errors).Code);
    }

    [Theory]
    [InlineData("{ sum(of: [1, 2, 3, 4]) }", "{}")]
    [InlineData("query($of: [Int!]) { sum(of: $of) }", """{"of": [1, 2, 3, 4]}""")]
    [InlineData("query($of: [Int!] = [1, 2, 3, 4]) { sum(of: $of) }", "{}")]
    [InlineData("query($a: Int!) { sum(of: [$a, $a, $a, $a]) }", """{"a": 1}""")]
    public void A_list_that_is_too_long_is_the_gates_to_judge(string query, string variables)
    {
        IRequestGate strict = GraphQLEngine.Build(
            "type Query { sum(of: [Int!]): Int }",
            new ResolverMap().Root<int?>("Query", "sum", static _ => ValueTask.FromResult<int?>(1)),
            new GraphQLOptions { Limits = new GraphQLLimits { MaxListItems = 3 } });
        var request = new GraphQLRequest(query) { Variables = JsonElement.Parse(variables) };
        Assert.Equal(
            GraphQLErrorCodes.LimitItems,
            Assert.Single(strict.Judge(request, new GraphQLRequestContext()).Errors).Code);
    }

    [Fact]
    public void A_cost_is_told_to_whoever_asks_for_it()
    {
        var request = new GraphQLRequest("{ hello }");
        Assert.Null(s_gate.Judge(request, new GraphQLRequestContext()).Extensions);
        Assert.StartsWith(
            "\"extensions\":{\"operationCost\":",
            s_gate.Judge(request, new GraphQLRequestContext { Cost = CostReport.Beside }).Extensions,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ nothing }", GraphQLErrorCodes.Validation)]
    [InlineData("{ hello __search(query: \"hello\") { __typename } }", GraphQLErrorCodes.Validation)]
    [InlineData("query ($id: ID!) { client(id: $id) { id } }", GraphQLErrorCodes.Variables)]
    public void What_the_gate_cannot_judge_does_not_pass(string query, string code) => Assert.Equal(
        code, Assert.Single(s_gate.Judge(new GraphQLRequest(query), new GraphQLRequestContext()).Errors).Code);

    [Theory]
    [InlineData("{ hello }", OperationKind.Query)]
    [InlineData("mutation { add(amount: 1) }", OperationKind.Mutation)]
    [InlineData("subscription { ticks(to: 1) { number } }", OperationKind.Subscription)]
    public void What_fits_passes(string query, object? kind)
    {
        Assert.Empty(s_gate.Judge(new GraphQLRequest(query), new GraphQLRequestContext()).Errors);
        Assert.Equal(kind, s_gate.KindOf(new GraphQLRequest(query)));
    }

    [Fact]
    public void A_faults_field_is_found_at_each_of_its_mentions() => Assert.Equal(
        [new SourceLocation(1, 25), new SourceLocation(1, 90)],
        s_gate.Locate(
            new GraphQLRequest(
                "{ a: client(id: 1) { id friends { id } } ...F } "
                + "fragment F on Query { a: client(id: 1) { friends { id } } }"),
            ["a", "friends"]));
}
