using System.Text.Json;
using OsstOrleans.GraphQL.Requests;

namespace OsstOrleans.GraphQL.Tests;

public sealed class ItemFaultTests
{
    private readonly GraphQLEngine _engine = Sample.Engine();

    /// <summary>The neighbours of what is refused are answered.</summary>
    [Theory]
    [InlineData("id", "{\"id\":\"c1\"}")]
    [InlineData("... on Client { friends { id } }", "{\"friends\":[{\"id\":\"c2\"},{\"id\":\"c3\"}]}")]
    public async Task A_fault_in_the_place_of_an_item_is_that_item_s_alone(string selection, string first)
    {
        var answer = JsonElement.Parse(await _engine.Answer($"{{ someNodes {{ {selection} }} }}"));
        var nodes = answer.GetProperty("data").GetProperty("someNodes");
        Assert.Equal(first, nodes[0].GetRawText());
        Assert.Equal("null", nodes[1].GetRawText());
        Assert.Equal("null", nodes[2].GetRawText());
        Assert.NotEqual("null", nodes[3].GetRawText());
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal("[\"someNodes\",1]", error.GetProperty("path").GetRawText());
    }
}
