using OsstOrleans.Gateway.Settings;
using OsstOrleans.Silo.Faults;
using Xunit;

namespace OsstOrleans.Gateway.Tests.Security;

public class IssuerSettingsTests
{
    private const string Good = """
        {"name": "pirha", "issuer": "https://login.pirha.example/osst", "roles": {"social-worker":
          {"audience": "osst", "acr": "loa2", "registers": ["837"]}, "operator": {"audience": "osst-ops",
          "acr": "any", "registers": ["all"]}}, "acrOrder": ["loa1", "loa2"], "roleClaim": "realm_access.roles",
          "dashboard": {"client": "osst-pages", "address": "https://osst.pirha.example"}}
        """;

    [Fact]
    public void An_issuer_says_for_what_it_may_speak()
    {
        var issuer = Assert.Single(Read(Good).Identity.Issuers);
        Assert.Equal(("pirha", "realm_access.roles", "sub"), (issuer.Name, issuer.Claims.Role, issuer.Claims.Subject));
        Assert.Equal(
            ("osst", "loa2", Reach.Of("837")),
            (issuer.Roles[Role.SocialWorker].Audience, issuer.Roles[Role.SocialWorker].LeastAcr,
                issuer.Roles[Role.SocialWorker].Registers));
        Assert.Equal(Reach.All, issuer.Roles[Role.Operator].Registers);
        Assert.Equal(
            new DashboardClient("osst-pages", null, "openid", new Uri("https://osst.pirha.example")), issuer.Dashboard);
        Assert.Null(issuer.KeyFile);
        Assert.Empty(issuer.PlainMarks);
        Assert.Null(issuer.Roles[Role.Operator].LeastAcr);
    }

    [Theory]
    [InlineData("\"pirha\"", "\"Pir ha\"", "identity.issuers[0].name takes")]
    [InlineData("https://login.pirha.example/osst", "http://login.pirha.example", "identity.issuers[0].issuer takes")]
    [InlineData("\"name\": \"pirha\",", "", "identity.issuers[0].name is missing")]
    [InlineData("social-worker", "shop-keeper", "identity.issuers[0].roles.shop-keeper is no role")]
    [InlineData("\"audience\": \"osst\",", "", "identity.issuers[0].roles.social-worker.audience is missing")]
    [InlineData("\"acr\": \"loa2\"", "\"acr\": \"loa7\"", "identity.issuers[0].roles.social-worker.acr takes")]
    [InlineData("[\"837\"]", "[\"all\"]", "identity.issuers[0].roles.social-worker.registers learns of clients")]
    [InlineData("[\"837\"]", "\"837\"", "identity.issuers[0].roles.social-worker.registers takes a list")]
    [InlineData("roleClaim", "rolesClaim", "identity.issuers[0].rolesClaim is no setting")]
    [InlineData("\"acr\": \"any\",", "", "identity.issuers[0].roles.operator.acr is missing")]
    [InlineData("\"acr\": \"loa2\",", "", "identity.issuers[0].roles.social-worker.acr is missing")]
    [InlineData("\"acrOrder\"", "\"plainMarks\": \"typ\", \"acrOrder\"", "identity.issuers[0].plainMarks takes a list")]
    [InlineData("\"acrOrder\"", "\"name\": \"x\", \"acrOrder\"", "identity.issuers[0].name stands there twice")]
    [InlineData("\"client\": \"osst-pages\",", "", "identity.issuers[0].dashboard.client is missing")]
    [InlineData("https://osst.", "http://osst.", "identity.issuers[0].dashboard.address takes an https address")]
    public void A_wrong_field_is_named(string part, string instead, string expected)
    {
        var fault = Assert.Throws<StoreRefusal>(() => Read(Good.Replace(part, instead, StringComparison.Ordinal)));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_issuers_of_one_name_could_speak_of_each_others_people()
    {
        var fault = Assert.Throws<StoreRefusal>(() => Read($"{Good}, {Good}"));
        Assert.Contains("two issuers", fault.Message, StringComparison.Ordinal);
    }

    private static GatewaySettings Read(string issuers)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $$$"""{"identity": {"issuers": [{{{issuers}}}]}}""");
            return SettingsFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
