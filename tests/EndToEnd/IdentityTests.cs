using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Deny by default: whoever is not known gets 401 and not one field.</summary>
[Collection("demo")]
public sealed class IdentityTests(DemoServer demo)
{
    private const string Everything = "{ me { role } municipalities { code } caseloadMetrics { clients } }";

    private readonly RunningServer _server = demo.Server;

    [Fact]
    public async Task No_field_of_the_schema_is_answered_without_a_token()
    {
        var schema = await _server.As(Role.Operator).Query(
            "{ __schema { queryType { fields { name } } mutationType { fields { name } } } }");
        var nobody = _server.As(null);
        foreach (var (root, type) in new[] { ("query", "queryType"), ("mutation", "mutationType") })
        {
            var fields = schema.At("__schema", type, "fields").EnumerateArray().ToArray();
            Assert.NotEmpty(fields);
            foreach (var name in fields)
            {
                AssertNobody(await nobody.Send($"{root} {{ {name.GetProperty("name")} }}"));
            }
        }
        AssertNobody(await nobody.Send("{ __schema { queryType { name } } }"));
        AssertNobody(await nobody.Send(new HttpRequestMessage(HttpMethod.Get, "/graphql?query={me{role}}")));
    }

    [Theory]
    [InlineData("it expired", "exp", 1500000000)]
    [InlineData("it never expires", "exp", null)]
    [InlineData("it lasts for years", "exp", 4000000000)]
    [InlineData("it does not say when it was made", "iat", null)]
    [InlineData("it is not valid yet", "nbf", 4000000000)]
    [InlineData("another issuer", "iss", "somebody")]
    [InlineData("another audience", "aud", "another-platform")]
    [InlineData("no role", "role", null)]
    [InlineData("an unknown role", "role", "superuser")]
    [InlineData("a role by number", "role", 1)]
    [InlineData("no subject", "sub", null)]
    [InlineData("a worker of all municipalities", "municipality", "all")]
    public async Task A_token_with_a_wrong_claim_is_nobody(string why, string claim, object? value)
    {
        var claims = Claims();
        claims[claim] = JsonSerializer.SerializeToNode(value);
        if (value is null)
        {
            claims.Remove(claim);
        }
        var answer = await _server.With(Signed(claims, _server.Key)).Send(Everything);
        Assert.True(answer.Status == HttpStatusCode.Unauthorized, why);
        AssertNobody(answer);
    }

    [Theory]
    [InlineData("municipality", """["837", 320]""")]
    [InlineData("municipality", """["320", "all"]""")]
    [InlineData("municipality", "320")]
    [InlineData("municipality", "null")]
    [InlineData("municipality", """{"code": "320"}""")]
    [InlineData("municipality", "\"\"")]
    [InlineData("municipality", "\" 320\"")]
    [InlineData("role", """["social-worker", "operator"]""")]
    [InlineData("role", "true")]
    [InlineData("sub", """["tester"]""")]
    [InlineData("sub", "7")]
    [InlineData("sub", "\"\"")]
    [InlineData("sub", "\"two\\nlines\"")]
    [InlineData("sub", "\"half a pair \\ud800\"")]
    [InlineData("sid", "1")]
    [InlineData("cnf", "\"x\"")]
    [InlineData("jti", "7")]
    [InlineData("exp", "\"4000000000\"")]
    [InlineData("exp", "[4000000000]")]
    [InlineData("nbf", "\"1500000000\"")]
    [InlineData("iat", "\"yesterday\"")]
    [Trait("case", "32")]
    public async Task A_token_with_a_claim_of_another_type_is_nobody(string claim, string json)
    {
        var claims = Claims();
        claims.Remove(claim);
        var text = claims.ToJsonString()[..^1] + $",\"{claim}\":{json}}}";
        AssertNobody(await _server.With(Signed(text, _server.Key)).Send(Everything));
    }

    [Fact]
    public async Task A_token_that_says_something_twice_is_nobody()
    {
        var text = Claims().ToJsonString()[..^1] + ",\"municipality\":\"837\"}";
        AssertNobody(await _server.With(Signed(text, _server.Key)).Send(Everything));
    }

    [Theory]
    [InlineData("nbf", 2, true)]
    [InlineData("nbf", 25, true)]
    [InlineData("nbf", 120, false)]
    [InlineData("iat", 25, true)]
    [InlineData("exp", -10, true)]
    [InlineData("exp", -120, false)]
    [Trait("case", "31")]
    public async Task A_clock_may_be_some_seconds_off_and_no_minutes(string claim, int secondsFromNow, bool isTaken)
    {
        var claims = Claims();
        claims[claim] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + secondsFromNow;
        var answer = await _server.With(Signed(claims, _server.Key)).Send(Everything);
        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.Status);
    }

    [Fact]
    public async Task A_token_that_is_signed_wrongly_or_not_at_all_is_nobody()
    {
        var good = Signed(Claims(), _server.Key);
        Assert.Null((await _server.With(good).Send(Everything)).Code);
        var parts = good.Split('.');
        var operatorClaims = Claims();
        operatorClaims["role"] = "operator";
        string[] wrong =
        [
            Signed(Claims(), RandomNumberGenerator.GetBytes(32)),
            $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{Encode(operatorClaims.ToJsonString())}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}",
            good + "x", "", "garbage", "....", new string('x', 100_000)[..8000],
        ];
        foreach (var token in wrong)
        {
            AssertNobody(await _server.With(token).Send(Everything));
        }
    }

    private static void AssertNobody(Answer answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("UNAUTHENTICATED", answer.Code);
        Assert.False(answer.HasData, answer.Text);
    }

    private static JsonObject Claims() => new()
    {
        ["iss"] = "osst-development",
        ["aud"] = "osst",
        ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
        ["nbf"] = 1_500_000_000,
        ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        ["sub"] = "tester",
        ["role"] = "social-worker",
        ["municipality"] = "320",
    };

    private static string Signed(JsonObject claims, byte[] key) => Signed(claims.ToJsonString(), key);

    private static string Signed(string claims, byte[] key)
    {
        var text = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(claims)}";
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(json);
}
