
namespace OsstOrleans.Conformance.Tests;

/// <summary>Subscriptions through the clients that others use, unmodified. Each scenario is a function of
/// <c>node/scenarios.mjs</c>.</summary>
public sealed class ReferenceClientTests(RunningServer server) : IClassFixture<RunningServer>
{
    public static TheoryData<string, string> Scenarios()
    {
        string[] all =
        [
            "figuresComeAtOnceAndAfterAMutation", "aClientsChangesAreTold", "visitsAreTold", "worklistsAreTold",
            "nothingAfterUnsubscribing", "aReconnectSeesTheCurrentState", "noTokenIsRefused",
            "anExpiredTokenEndsTheStream", "anotherMunicipalitysClientIsForbidden",
            "queriesAndMutationsWorkToo", "anInvalidDocumentIsAnError",
        ];
        var data = new TheoryData<string, string>();
        foreach (var client in new[] { "graphql-ws", "graphql-sse", "apollo" })
        {
            foreach (var scenario in all)
            {
                data.Add(client, scenario);
            }
        }
        return data;
    }

    [NodeTheory]
    [MemberData(nameof(Scenarios))]
    public async Task The_reference_clients_work_as_they_are(string client, string scenario) =>
        Assert.Contains(
            "passed", await Node.Clients.Run(server.Environment(Role.Researcher), "run.mjs", client, scenario));
}
