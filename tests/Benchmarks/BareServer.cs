using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// The ceiling: Kestrel that reads the body and answers canned bytes, the very answers of the platform. Which of the
/// two is told by the query string, so that it parses nothing.
/// </summary>
internal static class BareServer
{
    public static async Task Run(int port, string answersFile)
    {
        var answers = JsonNode.Parse(await File.ReadAllTextAsync(answersFile))!.AsObject();
        var small = Bytes(answers, "municipality");
        var nested = Bytes(answers, "caseload");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        var app = builder.Build();
        app.Map("/graphql", async (HttpContext http) =>
        {
            var body = await http.Request.BodyReader.ReadAsync();
            http.Request.BodyReader.AdvanceTo(body.Buffer.End);
            var answer = http.Request.QueryString.Value == "?nested" ? nested : small;
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = answer.Length;
            await http.Response.BodyWriter.WriteAsync(answer);
        });
        await app.RunAsync();
    }

    private static byte[] Bytes(JsonObject answers, string field) => Encoding.UTF8.GetBytes(
        new JsonObject { ["data"] = new JsonObject { [field] = answers[field]!.DeepClone() } }.ToJsonString());
}
