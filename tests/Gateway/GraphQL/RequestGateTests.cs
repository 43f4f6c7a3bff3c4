using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Resolvers;

namespace OsstOrleans.Gateway.Tests.GraphQL;

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
        var error = Assert.Single(s_gate.Judge(new GraphQLRequest(query), new RequestContext()));
        Assert.Equal(code, error.Code);
        Assert.Null(s_gate.KindOf(new GraphQLRequest(query)));
    }

    [Theory]
    [InlineData("{ nothing }", null)]
    [InlineData("query ($id: ID!) { client(id: $id) { id } }", OperationKind.Query)]
    [InlineData("mutation { add(amount: 1) }", OperationKind.Mutation)]
    [InlineData("subscription { ticks(to: 1) { number } }", OperationKind.Subscription)]
    public void What_does_not_fit_the_schema_is_the_engines_to_say(string query, object? kind)
    {
        Assert.Empty(s_gate.Judge(new GraphQLRequest(query), new RequestContext()));
        Assert.Equal(kind, s_gate.KindOf(new GraphQLRequest(query)));
    }
}
