using OsstOrleans.Gateway.Engines.HotChocolate.Answers;
using OsstOrleans.GraphQL;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.Gateway.Tests.Engines;

/// <summary>What HotChocolate says becomes the platform's answer; needs none of its packages.</summary>
public sealed class HotChocolateAnswerTests
{
    private readonly List<string> _unexpected = [];

    [Fact]
    public void Data_is_kept_and_escaped_no_further_than_JSON_needs() => Assert.Equal(
        ("""{"data":{"a":"äö😀\"\\/\u001f","n":[1,-2.5,1E+16,true,null],"o":{},"l":[]}}""", GraphQLOutcome.Success),
        Written("""
            {"data":{"a":"\u00e4\u00f6\uD83D\uDE00\u0022\\\/\u001F","n":[1,-2.5,1E+16,true,null],"o":{},"l":[]}}
            """));

    [Fact]
    public void Data_stands_before_errors_and_a_resolvers_fault_is_as_it_was_thrown()
    {
        var fault = new FieldFault("NOT_YOURS", "Not your client.",
            new Dictionary<string, object?> { ["field"] = "id", ["list"] = new[] { 1, 2 } });
        Assert.Equal(
            ("""
             {"data":{"c":null},"errors":[{"message":"Not your client.","locations":[{"line":1,"column":3}],
             "path":["c",0],"extensions":{"code":"NOT_YOURS","field":"id","list":[1,2]}}]}
             """.ReplaceLineEndings(""), GraphQLOutcome.FieldErrors),
            Written("""
                {"errors":[{"message":"Not your client.","path":["c",0],"locations":[{"line":1,"column":3}],
                "extensions":{"osstFault":0}}],"data":{"c":null}}
                """, faults: fault));
    }

    [Fact]
    public void A_request_that_ran_nothing_has_no_data_and_no_paths() => Assert.Equal(
        ("""
         {"errors":[{"message":"No such field.","locations":[{"line":1,"column":3}],
         "extensions":{"code":"VALIDATION"}}]}
         """.ReplaceLineEndings(""), GraphQLOutcome.RequestError),
        Written("""
            {"errors":[{"message":"No such field.","locations":[{"line":1,"column":3}],"path":["x"],
            "extensions":{"specifiedBy":"https://spec.graphql.org","type":"Query"}}]}
            """));

    [Fact]
    public void Data_that_is_lost_is_null_also_where_the_engine_leaves_it_out() => Assert.Equal(
        ("""{"data":null,"errors":[{"message":"No.","path":["a"],"extensions":{"code":"NO"}}]}""",
            GraphQLOutcome.FieldErrors),
        Written("""{"errors":[{"message":"No.","path":["a"],"extensions":{"osstFault":0}}]}""",
            faults: new FieldFault("NO", "No.")));

    [Fact]
    public void A_fault_inside_the_engine_is_masked_and_told()
    {
        Assert.Equal(
            ("""
             {"data":{"a":null},"errors":[{"message":"Unexpected fault","path":["a"],
             "extensions":{"code":"INTERNAL","traceId":"t1"}}]}
             """.ReplaceLineEndings(""), GraphQLOutcome.FieldErrors),
            Written("""
                {"data":{"a":null},"errors":[{"message":"secret","path":["a"],"extensions":{"code":"HC0053"}}]}
                """));
        Assert.Equal(["HC0053"], _unexpected);
    }

    [Fact]
    public void A_broken_stream_ends_with_its_error_alone() => Assert.Equal(
        ("""{"errors":[{"message":"Broke.","path":["t"],"extensions":{"code":"BROKEN"}}]}""",
            GraphQLOutcome.FieldErrors),
        Written("""{"data":null,"errors":[{"message":"Broke.","path":["t"],"extensions":{"osstFault":0}}]}""",
            isLast: true, faults: new FieldFault("BROKEN", "Broke.")));

    [Fact]
    public void What_the_gate_has_to_tell_stands_last()
    {
        using var json = new JsonSink();
        var writer = new AnswerWriter(new GraphQLLimits(), "t1", null) { Extensions = "\"extensions\":{\"x\":1}" };
        writer.Write("""{"data":{"a":1}}""", OperationKind.Query, [], isLast: false, json);
        Assert.Equal(
            """{"data":{"a":1},"extensions":{"x":1}}""", System.Text.Encoding.UTF8.GetString(json.Written));
    }

    [Fact]
    public void Errors_are_capped()
    {
        var errors = string.Join(',', Enumerable.Repeat("""{"message":"m","path":["a"]}""", 9));
        var (json, _) = Written($$"""{"data":{"a":null},"errors":[{{errors}}]}""");
        Assert.Equal(3, json.Split("\"message\"").Length - 1);
    }

    [Theory]
    [InlineData(null, false, "VALIDATION")]
    [InlineData("HC0018", true, "NULL_VALUE")]
    [InlineData("EXEC_INVALID_LEAF_VALUE", true, "NULL_VALUE")]
    [InlineData("HC0045", true, "TIMEOUT")]
    [InlineData(null, true, "INTERNAL")]
    public void Its_codes_are_ours(string? code, bool hasRun, string expected) =>
        Assert.Equal(expected, ErrorCodeMap.Of(code, "A sentence.", hasRun));

    [Fact]
    public void A_fault_before_execution_that_nobody_foresaw_is_no_fault_of_the_caller()
    {
        Assert.Equal("INTERNAL", ErrorCodeMap.Of(null, "Unexpected Execution Error", hasRun: false));
        Assert.Equal("VARIABLES", ErrorCodeMap.Of(null, "A sentence.", hasRun: false, namesVariable: true));
    }

    [Fact]
    public void Values_become_the_one_type_that_the_engine_knows()
    {
        Assert.Equal(7, OutputValue.Of(7L, OutputForm.Int, "Int"));
        Assert.Equal(2.0, OutputValue.Of(2, OutputForm.Float, "Float"));
        Assert.Equal("297", OutputValue.Of(297, OutputForm.Id, "ID"));
        Assert.Equal("NO_SHOW", OutputValue.Of(Status.NoShow, OutputForm.Enum, "Status"));
        Assert.Equal(new object?[] { "ACTIVE", null }, OutputValue.Of(
            new Status?[] { Status.Active, null }, OutputForm.Enum, "Status"));
        Assert.Equal(new object?[] { new List<object?> { 1, null } }, OutputValue.Of(
            new List<int?[]> { new int?[] { 1, null } }, OutputForm.Int, "Int"));
        var day = new DateOnly(2018, 5, 1);
        Assert.Equal(day, OutputValue.Of(day, OutputForm.AsIs, "Date"));
    }

    [Theory]
    [InlineData(1L << 40, OutputForm.Int, "Int cannot represent non 32-bit signed integer value: 1099511627776")]
    [InlineData(double.NaN, OutputForm.Float, "Float cannot represent non numeric value: NaN")]
    [InlineData((Status)99, OutputForm.Enum, "Enum \"Status\" cannot represent value: 99")]
    public void Values_that_a_type_cannot_carry_are_faults(object value, object form, string message)
    {
        var fault = Assert.Throws<FieldFault>(() => OutputValue.Of(value, (OutputForm)form, "Status"));
        Assert.Equal(("NULL_VALUE", message), (fault.Code, fault.Message));
    }

    private (string Json, GraphQLOutcome Outcome) Written(
        string answer, bool isLast = false, params FieldFault[] faults)
    {
        using var json = new JsonSink();
        var writer = new AnswerWriter(new GraphQLLimits { MaxErrors = 3 }, "t1", _unexpected.Add);
        var result = writer.Write(answer, OperationKind.Query, faults, isLast, json);
        return (System.Text.Encoding.UTF8.GetString(json.Written), result.Outcome);
    }

    private enum Status
    {
        Active,
        NoShow,
    }
}
