using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>What a newcomer needs after the start: addresses, a token for each role, and a line to paste.</summary>
internal static class Welcome
{
    /// <summary>Kemijärvi: small, and the one with drop-in centres.</summary>
    private const string ExampleMunicipality = "320";

    private const string Json = "Content-Type: application/json";

    private const string ExampleBody = """
        {"query":"{ caseloadMetrics { asOf { position } municipalities clients byStatus { status count } } }"}
        """;

    public static async Task Print(RunOptions options, Tokens tokens, string address)
    {
        var output = Console.Out;
        await output.WriteLineAsync($"OsstOrleans listens on {address}");
        if (options.Quiet || options.IsProduction)
        {
            return;
        }
        var ide = new IdePage(options.Ide).IsComing ? $"\n  IDE      {address}{IdePage.Path}" : "";
        await output.WriteLineAsync($"""

              page     {address}/
              GraphQL  {address}/graphql
              schema   {address}/graphql/schema.graphql{ide}
              health   {address}/health/ready
              figures  {address}/ops
              data     {options.Store.Folder}

            Development tokens, valid for {TokenCommand.ValidFor.Days} days
            (client-facing roles for municipality {ExampleMunicipality}):
            """);
        foreach (var role in Enum.GetValues<Role>())
        {
            await output.WriteLineAsync($"\n  {RoleNames.NameOf(role)}\n    {Mint(tokens, role)}");
        }
        var token = Mint(tokens, Role.Researcher);
        await output.WriteLineAsync($$$"""

            Try this:

            curl -s {{{address}}}/graphql -H '{{{Json}}}' -H 'Authorization: Bearer {{{token}}}' -d '{{{ExampleBody}}}'

            Ctrl-C stops it.
            """);
        await output.FlushAsync();
    }

    private static string Mint(Tokens tokens, Role role) => tokens.Mint(
        role, "developer", AccessPolicy.MayReadClients(role) ? ExampleMunicipality : null, TokenCommand.ValidFor);
}
