using System.Text.Json;
using OsstOrleans.GraphQL.Requests;

namespace OsstOrleans.GraphQL.Tests;

public sealed class IntrospectionTests
{
    /// <summary>What GraphiQL, Apollo and code generators send, in its widest form.</summary>
    private const string FullQuery = """
        query IntrospectionQuery {
          __schema {
            description
            queryType { name kind } mutationType { name kind } subscriptionType { name kind }
            types { ...FullType }
            directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
          }
        }
        fragment FullType on __Type {
          kind name description specifiedByURL isOneOf
          fields(includeDeprecated: true) {
            name description args(includeDeprecated: true) { ...InputValue }
            type { ...TypeRef } isDeprecated deprecationReason
          }
          inputFields(includeDeprecated: true) { ...InputValue }
          interfaces { ...TypeRef }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...TypeRef }
        }
        fragment InputValue on __InputValue {
          name description type { ...TypeRef } defaultValue isDeprecated deprecationReason
        }
        fragment TypeRef on __Type {
          kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
            ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
        }
        """;

    private readonly GraphQLEngine _engine = Sample.Engine();

    [Fact]
    public async Task The_full_introspection_query_describes_every_type()
    {
        using var answer = JsonDocument.Parse(await _engine.Answer(FullQuery));
        Assert.False(answer.RootElement.TryGetProperty("errors", out _));
        var schema = answer.RootElement.GetProperty("data").GetProperty("__schema");
        Assert.Equal("Query", schema.GetProperty("queryType").GetProperty("name").GetString());
        var types = schema.GetProperty("types").EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!);
        Assert.Equal(
            ["Boolean", "Centre", "Client", "Date", "Filter", "Float", "Found", "ID", "Int", "Municipality",
                "Mutation", "Named", "Node",
             "Pick", "Query", "Status", "String", "Subscription", "Tick", "__Directive", "__DirectiveLocation",
                 "__EnumValue",
             "__Field", "__InputValue", "__Schema", "__Type", "__TypeKind"],
            types.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["deprecated", "include", "oneOf", "skip", "specifiedBy"],
            schema.GetProperty("directives").EnumerateArray().Select(d => d.GetProperty("name").GetString()).Order());
        Assert.Equal("https://example.org/date", types["Date"].GetProperty("specifiedByURL").GetString());
        Assert.True(types["Pick"].GetProperty("isOneOf").GetBoolean());
        Assert.False(types["Filter"].GetProperty("isOneOf").GetBoolean());
        Assert.Equal(JsonValueKind.Null, types["Client"].GetProperty("isOneOf").ValueKind);
        var after = types["Filter"].GetProperty("inputFields")[1];
        Assert.Equal("\"2018-01-01\"", after.GetProperty("defaultValue").GetString());
    }

    [Theory]
    [InlineData("{ __type(name: \"Nothing\") { name } }", """{"__type":null}""")]
    [InlineData("{ __type(name: \"Status\") { kind enumValues { name } fields { name } } }",
        """{"__type":{"kind":"ENUM","enumValues":[{"name":"ACTIVE"},{"name":"NO_SHOW"}],"fields":null}}""")]
    [InlineData(
        "{ __type(name: \"Status\") { enumValues(includeDeprecated: true) { name isDeprecated deprecationReason } } " +
        "}",
        """{"__type":{"enumValues":[{"name":"ACTIVE","isDeprecated":false,"deprecationReason":null},""" +
            """{"name":"NO_SHOW","isDeprecated":false,"deprecationReason":null},""" +
            """{"name":"CLOSED","isDeprecated":true,"deprecationReason":"No longer supported"}]}}""")]
    [InlineData(
        "{ __type(name: \"Municipality\") { fields { name type { kind name ofType { name } } } interfaces { name } " +
        "} }",
        """{"__type":{"fields":[{"name":"id","type":{"kind":"NON_NULL","name":null,"ofType":{"name":"ID"}}},""" +
            """{"name":"name","type":{"kind":"NON_NULL","name":null,"ofType":{"name":"String"}}},""" +
            """{"name":"population","type":{"kind":"NON_NULL","name":null,"ofType":{"name":"Int"}}}]""" +
            ""","interfaces":[{"name":"Node"},{"name":"Named"}]}}""")]
    [InlineData(
        "{ __type(name: \"Found\") { possibleTypes { name } } n: __type(name: \"Node\") { possibleTypes { name } } " +
        "}",
        """{"__type":{"possibleTypes":[{"name":"Client"},{"name":"Municipality"},{"name":"Centre"}]}""" +
            ""","n":{"possibleTypes":[{"name":"Client"},{"name":"Municipality"}]}}""")]
    [InlineData("{ __schema { __typename queryType { __typename } } }",
        """{"__schema":{"__typename":"__Schema","queryType":{"__typename":"__Type"}}}""")]
    public async Task Introspection_answers_about_one_type(string query, string data) =>
        Assert.Equal($$"""{"data":{{data}}}""", await _engine.Answer(query));
}
