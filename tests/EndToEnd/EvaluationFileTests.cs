using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Evaluations as files: by a plain GET with a token, the same as by GraphQL.</summary>
[Collection("demo")]
public sealed class EvaluationFileTests(DemoServer demo)
{
    private readonly RunningServer _server = demo.Server;

    [Theory]
    [InlineData(null, "panel.csv", HttpStatusCode.Unauthorized)]
    [InlineData(Role.Researcher, "panel.csv", HttpStatusCode.OK)]
    [InlineData(Role.Researcher, "change.json", HttpStatusCode.OK)]
    [InlineData(Role.Researcher, "change.csv?age=under25", HttpStatusCode.Forbidden)]
    [InlineData(Role.Researcher, "event-study.csv", HttpStatusCode.Forbidden)]
    [InlineData(Role.Coordinator, "event-study.csv?municipality=320", HttpStatusCode.OK)]
    [InlineData(Role.Coordinator, "event-study.csv?municipality=837", HttpStatusCode.Forbidden)]
    [InlineData(Role.Researcher, "exit.csv?from=2018", HttpStatusCode.BadRequest)]
    [InlineData(Role.Researcher, "exit.csv?gap=4", HttpStatusCode.BadRequest)]
    [InlineData(Role.Researcher, "exit.csv?reason=none", HttpStatusCode.BadRequest)]
    [InlineData(Role.Researcher, "panel.csv?measure=residents", HttpStatusCode.BadRequest)]
    [InlineData(Role.Researcher, "exit.csv?from=2019-12&to=2019-01", HttpStatusCode.BadRequest)]
    [InlineData(Role.Researcher, "exit.xlsx", HttpStatusCode.NotFound)]
    [InlineData(Role.Researcher, "weather.csv", HttpStatusCode.NotFound)]
    public async Task A_file_is_for_who_may_ask_the_same_by_GraphQL(Role? role, string file, HttpStatusCode status) =>
        Assert.Equal(status, (await Ask(file, role)).Status);

    [Fact]
    public async Task A_file_has_the_digits_of_GraphQL_with_its_codebook()
    {
        var data = await _server.As(Role.Researcher).Query("""
            { evaluation { panel { refused { reason } comparisons { label against
                estimates { measure estimate clusters } } } } }
            """);
        var asked = data.At("evaluation", "panel", "comparisons")[0];
        Assert.Equal("OSST_AND_EMPLOYMENT", asked.GetProperty("label").GetString());
        Assert.Equal(0, data.At("evaluation", "panel", "refused").GetArrayLength());
        var (_, text) = await Ask("panel.json", Role.Researcher);
        var file = JsonElement.Parse(text);
        Assert.Equal(
            asked.GetProperty("estimates")[0].GetProperty("estimate").GetDouble(),
            file.At("result", "comparisons")[0].GetProperty("estimates")[0].GetProperty("value").GetDouble());
        Assert.Contains(file.GetProperty("codebook").EnumerateArray(), it =>
            it.GetProperty("measure").GetString() == "MEAN_EFFECT"
            && it.GetProperty("unit").GetString() == "share of residents");
        Assert.Equal(9, asked.GetProperty("estimates")[0].GetProperty("clusters").GetInt32());
        var (_, csv) = await Ask("panel.csv?measure=on-assistance", Role.Researcher);
        Assert.StartsWith("section,label,against,arm,measure,", csv, StringComparison.Ordinal);
        Assert.Contains("\r\nmeasure,,,,MEAN_EFFECT,", csv, StringComparison.Ordinal);
        Assert.Contains("it may be shown to everybody", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_staffs_file_says_that_it_is_theirs()
    {
        var (_, csv) = await Ask("change.csv?municipality=320", Role.Coordinator);
        Assert.Contains("Exact figures of the registers' own clients", csv, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> Ask(string file, Role? role)
    {
        using var http = new HttpClient { BaseAddress = _server.Address };
        if (role is { } known)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _server.Token(known));
        }
        using var answer = await http.GetAsync($"/evaluation/{file}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
