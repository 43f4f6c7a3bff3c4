using Microsoft.Extensions.Primitives;
using OsstOrleans.Gateway.Transports;

namespace OsstOrleans.Gateway.Tests.Transports;

/// <summary>Media types by the rules of RFC 9110, as clients of many kinds write them.</summary>
public sealed class NegotiationTests
{
    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("application/json, text/plain, */*")]
    [InlineData("application/json,*/*")]
    [InlineData("Application/JSON; q=0.9")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/*")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [InlineData("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2")]
    [InlineData("application/json, application/graphql-response+json")]
    [InlineData("application/graphql-response+json;q=0.4, application/json;q=0.5")]
    [InlineData("application/graphql-response+json;q=0, */*")]
    [InlineData("application/problem+json, application/json;q=0.1")]
    [InlineData("text/event-stream;q=0.5, */*")]
    [InlineData("")]
    public void Json_is_the_answer_to_who_asks_for_it_or_has_no_preference(string accept) =>
        Assert.Equal(Negotiation.Json, Negotiation.AnswerType(accept));

    [Theory]
    [InlineData("application/graphql-response+json")]
    [InlineData("APPLICATION/GraphQL-Response+JSON; charset=utf-8")]
    [InlineData("application/graphql-response+json, application/json;q=0.9")]
    [InlineData("application/json;q=0.9, application/graphql-response+json")]
    [InlineData("application/graphql-response+json, application/graphql+json, application/json, text/event-stream")]
    [InlineData("*/*, application/graphql-response+json")]
    [InlineData("application/json;q=0, application/*")]
    [InlineData("application/*+json")]
    public void The_newer_type_is_the_answer_to_who_names_it(string accept) =>
        Assert.Equal(Negotiation.GraphQLJson, Negotiation.AnswerType(accept));

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("text/event-stream, */*")]
    [InlineData("text/event-stream, application/json;q=0.5")]
    [InlineData("text/*")]
    public void A_stream_is_the_answer_to_who_prefers_it(string accept) =>
        Assert.Equal(Negotiation.EventStream, Negotiation.AnswerType(accept));

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/xml, text/html")]
    [InlineData("application/problem+json")]
    [InlineData("*/*;q=0")]
    [InlineData("application/json;q=0")]
    public void Who_takes_none_of_the_three_gets_none(string accept) => Assert.Null(Negotiation.AnswerType(accept));

    [Fact]
    public void Several_lines_of_a_header_are_one_list() => Assert.Equal(
        Negotiation.GraphQLJson,
        Negotiation.AnswerType(new StringValues(["text/html", "application/graphql-response+json"])));

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json;charset=utf-8", true)]
    [InlineData("application/json; charset=\"utf-8\"", true)]
    [InlineData("Application/Json ; Charset=\"UTF-8\"", true)]
    [InlineData("application/json; charset=\"ut\\f-8\"", true)]
    [InlineData("application/json; profile=\"a;charset=x\"; charset=utf-8", true)]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("application/json; charset=\"iso-8859-1\"", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/jsonp", false)]
    [InlineData(null, false)]
    public void A_body_is_JSON_in_UTF_8_however_its_type_is_written(string? contentType, bool isJson) =>
        Assert.Equal(isJson, Negotiation.IsJson(contentType));
}
