using System.Text.Json;

namespace OsstOrleans.Conformance.Tests;

/// <summary>npm <c>graphql-http</c>: every audit of GraphQL over HTTP, whether it says MUST, SHOULD or MAY.</summary>
public sealed class HttpAuditTests(RunningServer server) : IClassFixture<RunningServer>
{
    /// <summary>As many as the pinned version of the package has; none may go missing unseen.</summary>
    private const int Audits = 61;

    [NodeFact]
    public async Task Every_audit_of_graphql_over_http_passes()
    {
        var printed = await Node.Clients.Run(server.Environment(Role.Researcher), "audits.mjs");
        using var results = JsonDocument.Parse(printed);
        var failed = results.RootElement.EnumerateArray()
            .Where(audit => audit.GetProperty("status").GetString() != "ok")
            .Select(audit => audit.ToString());
        Assert.Empty(failed);
        Assert.Equal(Audits, results.RootElement.GetArrayLength());
    }
}
