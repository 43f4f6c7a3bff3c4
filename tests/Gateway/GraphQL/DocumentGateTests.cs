using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Engines.Embedded;

namespace OsstOrleans.Gateway.Tests.GraphQL;

/// <summary>The limits as another engine asks for them.</summary>
public sealed class DocumentGateTests
{
    private static readonly DocumentGate s_gate = new(Sample.Sdl, new GraphQLLimits { MaxAliases = 2 });

    [Fact]
    public void Syntax_errors_and_limits_are_the_gates_to_tell()
    {
        Assert.Equal([GraphQLErrorCodes.Syntax], Codes("{ hello "));
        Assert.Equal([GraphQLErrorCodes.LimitAliases], Codes("{ a: hello b: hello c: hello }"));
        Assert.Equal([GraphQLErrorCodes.LimitIntrospection],
            Codes("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"));
    }

    [Fact]
    public void What_does_not_fit_the_schema_is_not()
    {
        var facts = s_gate.Check("{ nothing }");
        Assert.Empty(facts.Errors);
        Assert.False(facts.IsValid);
        Assert.Null(facts.KindOf(null, out _));
    }

    [Theory]
    [InlineData("A", OperationKind.Query, null)]
    [InlineData("B", OperationKind.Mutation, null)]
    [InlineData("C", null, "Unknown operation named \"C\".")]
    [InlineData(null, null, "Must provide operation name if query contains multiple operations.")]
    public void The_operation_is_chosen_as_the_embedded_engine_chooses_it(
        string? name, object? kind, string? message)
    {
        const string Text = "query A { hello } mutation B { add(amount: 1) }";
        Assert.Equal(kind, s_gate.Check(Text).KindOf(name, out var error));
        Assert.Equal(message, error?.Message);
        Assert.Equal(kind, Sample.Engine().KindOf(new GraphQLRequest(Text, name)));
    }

    private static IEnumerable<string> Codes(string text) => s_gate.Check(text).Errors.Select(e => e.Code);
}
