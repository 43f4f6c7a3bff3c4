using System.CommandLine;
using System.Net;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Simulation;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>The verbs of <c>./osst</c> that this program carries out.</summary>
internal static class OsstCommand
{
    /// <summary>Exit code for a refusal; its reason is one sentence on standard error.</summary>
    public const int Refused = 2;

    /// <summary>All users of a machine can read its command lines, but not the environment of another user's process.
    /// </summary>
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
        Silo(),
        Gateway(),
        Keys(),
        Token(),
        SimulateOptions.Verb(AddressOf, PrintRefusals, Data, Store, Postgres),
        ImportOptions.Verb(AddressOf, PrintRefusals, Data, Store, Postgres),
        RightsCommand.Verb(AddressOf, PrintRefusals, Data, Store, Postgres, ClusterOptions.Keys),
        CodesCommand.Verb(AddressOf, PrintRefusals, Data, Store, Postgres, ClusterOptions.Keys),
        EvaluateOptions.Verb(AddressOf, PrintRefusals, Data, Store, Postgres),
        Verify(),
        Migrate(),
        Backup(),
        Restore(),
        Doctor(),
    };

    private static Command Run()
    {
        var demo = new Option<int>("--demo") { Description = "Load the OSST data set and N synthetic clients." };
        Within(demo, 0, Population.MostClients);
        var command = new Command("run", "Start the platform on 127.0.0.1")
        {
            demo, Data, Store, Postgres, ClusterOptions.SiloPort, ClusterOptions.GatewayPort,
            ClusterOptions.Advertise,
        };
        ServingOptions.AddTo(command);
        command.SetAction((parsed, stop) => PrintRefusals(() => RunCommand.Run(
            ServingOptions.Of(parsed, AddressOf(parsed)) with
            {
                Demo = parsed.GetValue(demo),
                Place = ClusterOptions.PlaceOf(parsed, hostsGrains: true),
            }, stop)));
        return command;
    }

    private static Command Silo()
    {
        var command = new Command("silo", "Host grains in a cluster; gateways call them")
        {
            Data, Postgres, ServingOptions.Port, ClusterOptions.Listen, ClusterOptions.Keys, ClusterOptions.SiloPort,
            ClusterOptions.GatewayPort, ClusterOptions.Advertise, ServingOptions.Settings, ServingOptions.Production,
        };
        command.SetAction((parsed, stop) => PrintRefusals(() => SiloCommand.Run(
            ClusterAddressOf(parsed), ClusterOptions.PlaceOf(parsed, hostsGrains: true),
            ServingOptions.OfSilo(parsed), parsed.GetValue(ServingOptions.Port), stop)));
        return command;
    }

    private static Command Gateway()
    {
        var command = new Command("gateway", "Answer GraphQL for a cluster of silos") { Data, Postgres };
        ServingOptions.AddTo(command);
        command.SetAction((parsed, stop) => PrintRefusals(() => RunCommand.Run(
            ServingOptions.Of(parsed, ClusterAddressOf(parsed)) with
            {
                Place = ClusterOptions.PlaceOf(parsed, hostsGrains: false),
            }, stop)));
        return command;
    }

    private static Command Keys()
    {
        var command = new Command("keys", "Make the keys that every process of a cluster must have") { Data };
        command.SetAction((parsed, _) => PrintRefusals(() => KeysCommand.Run(Folder(parsed))));
        return command;
    }

    private static Command Token()
    {
        var role = new Option<string?>("--role") { Description = string.Join(", ", RoleNames.All) };
        role.AcceptOnlyFromAmong([.. RoleNames.All]);
        var municipality = new Option<string[]>("--municipality", "--register")
        {
            Description = "A code that the role is held for; may be given several times.",
        };
        var subject = new Option<string>("--subject")
        {
            Description = "Staff or system id.",
            DefaultValueFactory = _ => "developer",
        };
        var source = new Option<string[]>("--source")
        {
            Description = "A system that the token speaks for in imports; may be given several times.",
        };
        var revoke = new Option<string?>("--revoke") { Description = "End a token: itself, or its id (jti)." };
        var revokeSubject = new Option<string?>("--revoke-subject") { Description = "End all tokens of a subject." };
        var command = new Command("token", "Mint a development token, or end one before its time")
        {
            role, municipality, subject, source, revoke, revokeSubject, Data, Store, Postgres, ClusterOptions.Keys,
        };
        command.Validators.Add(given =>
        {
            if (new Option[] { role, revoke, revokeSubject }.Count(o => given.GetResult(o) is not null) != 1)
            {
                given.AddError("Give one of --role, --revoke and --revoke-subject.");
            }
        });
        command.SetAction((parsed, _) => PrintRefusals(() =>
            parsed.GetValue(revoke) is { } token ? RevokeCommand.Token(AddressOf(parsed), token)
            : parsed.GetValue(revokeSubject) is { } whose ? RevokeCommand.Subject(AddressOf(parsed), whose)
            : TokenCommand.Run(
                AddressOf(parsed).KeyFolder, parsed.GetValue(role)!, parsed.GetValue(municipality) ?? [],
                parsed.GetValue(subject)!, parsed.GetValue(source) ?? [])));
        return command;
    }

    private static Command Verify()
    {
        var disclosure = new Option<bool>("--disclosure")
        {
            Description = "Look instead for what outsiders could compute from what was released to them.",
        };
        var logs = new Option<bool>("--logs")
        {
            Description = "Look instead for lines of the use log and the disclosure log that are changed or gone.",
        };
        var heads = new Option<string?>("--heads")
        {
            Description = "With --logs: a copy of the file log-heads that was kept elsewhere.",
        };
        var command = new Command("verify", "Recompute every projection from the log and compare")
        {
            disclosure, logs, heads, Data, Store, Postgres, ClusterOptions.Keys,
        };
        command.SetAction((parsed, _) => PrintRefusals(() =>
            parsed.GetValue(disclosure) ? VerifyCommand.Disclosure(AddressOf(parsed))
            : parsed.GetValue(logs) ? VerifyCommand.Logs(AddressOf(parsed), parsed.GetValue(heads))
            : VerifyCommand.Run(AddressOf(parsed))));
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
        command.SetAction((parsed, stop) => PrintRefusals(() => MigrateCommand.Run(
            Folder(parsed), ConnectionOf(parsed) ?? throw new StoreRefusal(
                $"--to postgres needs --postgres CONN, or CONN in the variable {PostgresVariable}."), stop)));
        return command;
    }

    private static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "The backup to write; it must not exist." };
        var command = new Command("backup", "Write the whole log into one file, while a server may run on it")
        {
            file, Data, Store, Postgres, ClusterOptions.Keys,
        };
        command.SetAction((parsed, stop) => PrintRefusals(() => BackupCommands.Write(
            AddressOf(parsed), Path.GetFullPath(parsed.GetValue(file)!), stop)));
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "The backup; it stays as it is." };
        var command = new Command("restore", "Fill an empty store from a backup and verify it")
        {
            file, Data, Store, Postgres, ClusterOptions.Keys,
        };
        command.SetAction((parsed, stop) => PrintRefusals(() => BackupCommands.Restore(
            AddressOf(parsed), Path.GetFullPath(parsed.GetValue(file)!), stop)));
        return command;
    }

    private static Command Doctor()
    {
        var command = new Command("doctor", "Look at what the platform needs from this machine")
        {
            Data, Store, Postgres, ClusterOptions.Keys,
        };
        command.SetAction((parsed, _) => PrintRefusals(() => DoctorCommand.Run(AddressOf(parsed))));
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
            : null)
        {
            Keys = KeysOf(parsed),
        };
    }

    /// <summary>A cluster's processes share a database, and keys that were made for all of them.</summary>
    private static StoreAddress ClusterAddressOf(ParseResult parsed)
    {
        var address = new StoreAddress(Folder(parsed), ConnectionOf(parsed) ?? throw new StoreRefusal(
            $"A cluster needs --postgres CONN, or CONN in the variable {PostgresVariable}."))
        {
            Keys = KeysOf(parsed),
        };
        return File.Exists(address.MasterKeyPath)
            ? address
            : throw new StoreRefusal(
                $"There is no {address.MasterKeyPath}; make keys once by ./osst keys and give every process the same.");
    }

    private static string? KeysOf(ParseResult parsed) =>
        parsed.GetResult(ClusterOptions.Keys)?.GetValueOrDefault<string?>() is { } keys ? Path.GetFullPath(keys) : null;

    private static string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(Data)!);

    internal static void Within(Option<int> option, int least, int most) => option.Validators.Add(given =>
    {
        if (given.GetValueOrDefault<int>() is var value && (value < least || value > most))
        {
            given.AddError($"{option.Name} takes a number from {least} to {most}.");
        }
    });

    internal static Option<string> Choice(string name, string standard, params IEnumerable<string> others)
    {
        var option = new Option<string>(name) { DefaultValueFactory = _ => standard };
        option.AcceptOnlyFromAmong([.. others.Prepend(standard).Distinct()]);
        return option;
    }

    /// <summary>Every refusal is one sentence on standard error and a non-zero exit.</summary>
    private static async Task<int> PrintRefusals(Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception fault) when (fault is StoreRefusal or StoreFault or LimitReached)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return Refused;
        }
    }
}
