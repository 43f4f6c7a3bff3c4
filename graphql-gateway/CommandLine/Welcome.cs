using OsstOrleans.Gateway.Transports;
using OsstOrleans.Grains.Calls;
using OsstOrleans.Silo;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>What a newcomer needs after the start: the address, how to get a token, and a line to paste.</summary>
internal static class Welcome
{
    private const string StandardFolder = "data";

    /// <summary>Registers named in one line.</summary>
    private const int MostNamed = 5;

    private const string ExampleBody = """{"query":"{ caseloadMetrics { municipalities clients } }"}""";

    public static async Task Print(RunOptions options, string address)
    {
        var output = Console.Out;
        await output.WriteLineAsync($"OsstOrleans listens on {address}");
        if (options.Quiet || options.IsProduction)
        {
            return;
        }
        var ide = new IdePage(options.Ide).IsComing ? $" The IDE is at {IdePage.Path}." : "";
        var token = $"./osst token --role {RoleNames.NameOf(Role.Researcher)}{FolderOf(options)}";
        await output.WriteLineAsync($$"""
            Open it in a browser: the dashboard lets you choose a role.{{ide}}

            A development token, for one of the roles
              {{string.Join(", ", RoleNames.All)}}:
              {{token}}
            A question:
              curl -s {{address}}/graphql -H 'Content-Type: application/json' \
                -H "Authorization: Bearer $({{token}})" \
                -d '{{ExampleBody}}'

            Ctrl-C stops it.
            """);
        await output.FlushAsync();
    }

    /// <summary>
    /// After an upgrade a register may name workers on its clients and not have said who they are: then they read none.
    /// </summary>
    public static async Task SayWhoIsMissing(Platform platform)
    {
        string[] registers =
        [
            .. platform.Caseloads.Codes.Select(platform.Services.RegisterOf).Distinct()
                .Where(register => platform.Staff.Unregistered(register).Count > 0),
        ];
        if (registers.Length > 0)
        {
            var more = registers.Length > MostNamed ? $" and {registers.Length - MostNamed} more" : "";
            await Console.Out.WriteLineAsync(
                $"Workers are named on open clients who are not among the staff of {string.Join(", ",
                    registers.Take(MostNamed))}{more}. A coordinator finds them by the query unregisteredWorkers and "
                + "enters them with registerStaffMember.");
        }
    }

    /// <summary>The key that signs tokens is in the data folder.</summary>
    private static string FolderOf(RunOptions options) =>
        options.Store.KeyFolder == Path.GetFullPath(StandardFolder) ? "" : $" --data {options.Store.KeyFolder}";
}
