using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OsstOrleans.Dashboard.Hosting;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>A form that ends one matter never ends the whole client.</summary>
public sealed class RetentionFormTests
{
    [Theory]
    [InlineData("confirm-matter", null, "yes", "matter")]
    [InlineData("confirm-matter", "", "yes", "matter")]
    [InlineData("confirm-matter", "1.000", "yes", "matter")]
    [InlineData("confirm-matter", "one", "yes", "matter")]
    [InlineData("confirm-matter", "-1", "yes", "matter")]
    [InlineData("confirm-matter", "1", null, "sure")]
    [InlineData("confirm-matter", "1", "no", "sure")]
    [InlineData("confirm-whole", null, null, "sure")]
    [InlineData("confirm-matter", "1", "yes", null)]
    [InlineData("confirm-whole", null, "yes", null)]
    public void A_number_that_cannot_be_read_and_a_missing_tick_are_refused_by_their_field(
        string action, string? matter, string? sure, string? refused) =>
        Assert.Equal(refused, Command(action).MissingOf(Form(matter, sure)));

    [Fact]
    public void Only_its_own_action_means_the_whole_client()
    {
        Assert.Equal(7, Input("confirm-matter", "7").GetValueOrDefault("matter"));
        Assert.False(Input("confirm-whole", "7").ContainsKey("matter"));
        Assert.DoesNotContain(ProtectionEndpoints.Confirmations, it => it.Action == "confirm");
    }

    private static IReadOnlyDictionary<string, object?> Input(string action, string matter)
    {
        var input = Command(action).InputOf(Form(matter, "yes"), [("clientId", "c1")]);
        Assert.Equal("c1", input["clientId"]);
        Assert.False(input.ContainsKey("sure"));
        return input;
    }

    private static FormCommand Command(string action) =>
        ProtectionEndpoints.Confirmations.Single(it => it.Action == action);

    private static FormCollection Form(string? matter, string? sure) => new(
        new (string Name, string? Value)[] { ("matter", matter), ("sure", sure) }
            .Where(it => it.Value is not null)
            .ToDictionary(it => it.Name, it => new StringValues(it.Value)));
}
