using System.CommandLine;
using System.Net;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Simulation;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>The verbs of <c>./osst</c> that this program carries out.</summary>
internal static class OsstCommand
{
    /// <summary>Exit code for a refusal that is told in one sentence.</summary>
    public const int Refused = 2;

    /// <summary>A password in a command line is everybody's to read; one in the environment is not.</summary>
    private const string PostgresVariable = "OSST_POSTGRES";

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The data folder.",
        DefaultValueFactory = _ => "data",
    };

    private static readonly Option<string> Store = Choice("--store", "sqlite", "postgres");

    private static readonly Option<string?> Postgres = new("--postgres")
    {
        Description = $"How to reach the PostgreSQL database; {PostgresVariable} when not given.",
    };

    public static RootCommand Create() => new("OsstOrleans: case management for the OSST experiment")
    {
        Run(),
        Token(),
        Simulate(),
        Verify(),
        Migrate(),
    };

    private static Command Run()
    {
        var port = new Option<int>("--port") { Description = "TCP port.", DefaultValueFactory = _ => 5080 };
        Within(port, 0, IPEndPoint.MaxPort);
        var demo = new Option<int>("--demo") { Description = "Load the OSST data set and N synthetic clients." };
        Within(demo, 0, Population.MostClients);
        var quiet = new Option<bool>("--quiet") { Description = "Print nothing but the address." };
        var finer = new Option<bool>("--finer-statuses")
        {
            Description = "Answer 422 and 294 as newer texts of GraphQL over HTTP have it.",
        };
        var settings = new Option<string?>("--settings") { Description = "A JSON file of limits." };
        var documents = new Option<string?>("--documents") { Description = "A JSON manifest of trusted documents." };
        var production = new Option<bool>("--production") { Description = "Take trusted documents alone." };
        var ide = new Option<string?>("--ide") { Description = "The folder of the bundled IDE.", Hidden = true };
        var engine = Choice("--engine", "embedded", "orleans");
        var graphql = Choice(
            "--graphql", GraphQLEngines.NameOf(GraphQLEngines.Standard),
            Enum.GetValues<GraphQLEngineKind>().Select(GraphQLEngines.NameOf));
        var command = new Command("run", "Start the platform on 127.0.0.1")
        {
            port, Data, demo, quiet, finer, settings, documents, production, ide, Store, Postgres, engine, graphql,
        };
        command.SetAction((parsed, stop) => Told(() =>
        {
            OnlyEmbedded(parsed.GetValue(engine)!, "embedded");
            return RunCommand.Run(
                new RunOptions(
                    parsed.GetValue(port), Folder(parsed), parsed.GetValue(demo), parsed.GetValue(quiet),
                    EngineOf(parsed.GetValue(graphql)!), parsed.GetValue(finer))
                {
                    Postgres = AddressOf(parsed).Postgres,
                    Settings = parsed.GetValue(settings),
                    Documents = parsed.GetValue(documents),
                    IsProduction = parsed.GetValue(production),
                    Ide = parsed.GetValue(ide) is { } folder ? Path.GetFullPath(folder) : null,
                }, stop);
        }));
        return command;
    }

    private static Command Token()
    {
        var role = new Option<string?>("--role") { Description = string.Join(", ", RoleNames.All) };
        role.AcceptOnlyFromAmong([.. RoleNames.All]);
        var municipality = new Option<string?>("--municipality") { Description = "The code the role is held for." };
        var subject = new Option<string>("--subject")
        {
            Description = "Staff or system id.",
            DefaultValueFactory = _ => "developer",
        };
        var revoke = new Option<string?>("--revoke") { Description = "End a token: itself, or its id (jti)." };
        var revokeSubject = new Option<string?>("--revoke-subject") { Description = "End all tokens of a subject." };
        var command = new Command("token", "Mint a development token, or end one before its time")
        {
            role, municipality, subject, revoke, revokeSubject, Data,
        };
        command.Validators.Add(given =>
        {
            if (new Option[] { role, revoke, revokeSubject }.Count(o => given.GetResult(o) is not null) != 1)
            {
                given.AddError("Give one of --role, --revoke and --revoke-subject.");
            }
        });
        command.SetAction((parsed, _) => Told(() =>
            parsed.GetValue(revoke) is { } token ? RevokeCommand.Token(Folder(parsed), token)
            : parsed.GetValue(revokeSubject) is { } whose ? RevokeCommand.Subject(Folder(parsed), whose)
            : TokenCommand.Run(
                Folder(parsed), parsed.GetValue(role)!, parsed.GetValue(municipality), parsed.GetValue(subject)!)));
        return command;
    }

    private static Command Simulate()
    {
        var clients = new Option<int>("--clients") { Description = "How many clients.", Required = true };
        Within(clients, 0, Population.MostClients);
        var seed = new Option<ulong>("--seed")
        {
            Description = "Same seed, same population.",
            DefaultValueFactory = _ => 1,
        };
        var from = new Option<DateOnly?>("--from") { Description = "First day." };
        var to = new Option<DateOnly?>("--to") { Description = "Last day." };
        var command = new Command("simulate", "Load a synthetic population into a data folder")
        {
            clients, seed, from, to, Data, Store, Postgres,
        };
        command.SetAction((parsed, stop) => Told(() => SimulateCommand.Run(
            AddressOf(parsed), parsed.GetValue(clients), parsed.GetValue(seed), parsed.GetValue(from),
            parsed.GetValue(to), stop)));
        return command;
    }

    private static Command Verify()
    {
        var command = new Command("verify", "Recompute every projection from the log and compare")
        {
            Data, Store, Postgres,
        };
        command.SetAction((parsed, _) => Told(() => VerifyCommand.Run(AddressOf(parsed))));
        return command;
    }

    private static Command Migrate()
    {
        var to = new Option<string>("--to") { Description = "The store to copy to.", Required = true };
        to.AcceptOnlyFromAmong("postgres");
        var command = new Command("migrate", "Copy a data folder's log into an empty PostgreSQL database and compare")
        {
            to, Data, Postgres,
        };
        command.SetAction((parsed, stop) => Told(() => MigrateCommand.Run(
            Folder(parsed), ConnectionOf(parsed) ?? throw new StoreRefusal(
                $"--to postgres needs --postgres CONN, or CONN in the variable {PostgresVariable}."), stop)));
        return command;
    }

    private static string? ConnectionOf(ParseResult parsed) =>
        (parsed.GetValue(Postgres) ?? Environment.GetEnvironmentVariable(PostgresVariable)) is { Length: > 0 } given
            ? given
            : null;

    /// <exception cref="StoreRefusal">The two options do not go together.</exception>
    private static StoreAddress AddressOf(ParseResult parsed)
    {
        var isPostgres = parsed.GetValue(Store) == "postgres";
        if (!isPostgres && parsed.GetValue(Postgres) is not null)
        {
            throw new StoreRefusal("--postgres goes with --store postgres.");
        }
        return new StoreAddress(Folder(parsed), isPostgres
            ? ConnectionOf(parsed) ?? throw new StoreRefusal(
                $"--store postgres needs --postgres CONN, or CONN in the variable {PostgresVariable}.")
            : null);
    }

    private static string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(Data)!);

    private static void Within(Option<int> option, int least, int most) => option.Validators.Add(given =>
    {
        if (given.GetValueOrDefault<int>() is var value && (value < least || value > most))
        {
            given.AddError($"{option.Name} takes a number from {least} to {most}.");
        }
    });

    private static Option<string> Choice(string name, string standard, params IEnumerable<string> others)
    {
        var option = new Option<string>(name) { DefaultValueFactory = _ => standard };
        option.AcceptOnlyFromAmong([.. others.Prepend(standard).Distinct()]);
        return option;
    }

    private static GraphQLEngineKind EngineOf(string name)
    {
        var engine = GraphQLEngines.Find(name)!.Value;
        return GraphQLEngines.Present.Contains(engine)
            ? engine
            : throw new StoreRefusal(
                $"This build has no {name}: the package feed did not offer it; --graphql embedded is available here.");
    }

    private static void OnlyEmbedded(string chosen, string available)
    {
        if (chosen != available)
        {
            throw new StoreRefusal($"This build has no {chosen}; only {available} is available here.");
        }
    }

    /// <summary>Every refusal is one sentence on standard error and a non-zero exit.</summary>
    private static async Task<int> Told(Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception fault) when (fault is StoreRefusal or StoreFault or Silo.LimitReached)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return Refused;
        }
    }
}
