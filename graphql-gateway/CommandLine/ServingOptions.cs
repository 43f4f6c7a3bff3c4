using System.CommandLine;
using System.Net;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>The options of every verb that answers GraphQL.</summary>
internal static class ServingOptions
{
    public static Option<int> Port { get; } = MakePort();

    public static Option<string?> Settings { get; } = new("--settings") { Description = "A JSON file of limits." };

    public static Option<bool> Production { get; } = new("--production")
    {
        Description = "Take trusted documents alone, and send events to no receiver on the machine itself.",
    };

    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Print nothing but the address." };

    private static readonly Option<bool> Finer = new("--finer-statuses")
    {
        Description = "Answer 422 and 294 as newer texts of GraphQL over HTTP have it.",
    };

    private static readonly Option<string?> Documents = new("--documents")
    {
        Description = "A JSON manifest of trusted documents.",
    };

    private static readonly Option<string?> Ide = new("--ide")
    {
        Description = "The folder of the bundled IDE.",
        Hidden = true,
    };

    private static readonly Option<string> GraphQL = OsstCommand.Choice(
        "--graphql", GraphQLEngines.NameOf(GraphQLEngines.Standard), GraphQLEngines.Names);

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            Port, Quiet, Finer, Settings, Documents, Production, Ide, GraphQL, ClusterOptions.Listen,
            ClusterOptions.Keys,
        })
        {
            command.Add(option);
        }
    }

    /// <exception cref="StoreRefusal">This build lacks the engine.</exception>
    public static RunOptions Of(ParseResult parsed, StoreAddress store) =>
        new(parsed.GetValue(Port), store, parsed.GetValue(Quiet), EngineOf(parsed.GetValue(GraphQL)!))
        {
            FinerStatuses = parsed.GetValue(Finer),
            Listen = parsed.GetValue(ClusterOptions.Listen)!,
            Settings = parsed.GetValue(Settings),
            Documents = parsed.GetValue(Documents),
            IsProduction = parsed.GetValue(Production),
            Ide = parsed.GetValue(Ide) is { } folder ? Path.GetFullPath(folder) : null,
        };

    /// <summary>
    /// How a silo serves: it answers no GraphQL, sends events to their receivers, and shows operators its figures. Of
    /// the file of settings, which it shares with gateways, it takes what is about that; a silo that drained would only
    /// keep its grains waiting.
    /// </summary>
    /// <exception cref="StoreRefusal">The file of settings is unusable.</exception>
    public static ServerOptions OfSilo(ParseResult parsed)
    {
        var isProduction = parsed.GetValue(Production);
        var settings = SettingsOf(parsed.GetValue(Settings), isProduction);
        return new ServerOptions
        {
            Role = "silo",
            Listen = parsed.GetValue(ClusterOptions.Listen)!,
            Settings = new GatewaySettings
            {
                Deliveries = settings.Deliveries,
                Identity = settings.Identity,
                Retention = settings.Retention,
            },
            IsProduction = isProduction,
        };
    }

    /// <exception cref="StoreRefusal">The file is unusable, or names nobody whose tokens production takes.</exception>
    public static GatewaySettings SettingsOf(string? file, bool isProduction)
    {
        var settings = file is null ? new GatewaySettings() : SettingsFile.Read(file);
        return isProduction && settings.Identity.Issuers.Count == 0
            ? throw new StoreRefusal(
                "Production takes no tokens of development: name a provider in the settings file (identity.issuers).")
            : settings;
    }

    private static Option<int> MakePort()
    {
        var port = new Option<int>("--port") { Description = "TCP port.", DefaultValueFactory = _ => 5080 };
        OsstCommand.Within(port, 0, IPEndPoint.MaxPort);
        return port;
    }

    private static GraphQLEngineKind EngineOf(string name)
    {
        var engine = GraphQLEngines.Find(name)!.Value;
        return GraphQLEngines.Present.Contains(engine)
            ? engine
            : throw new StoreRefusal(
                $"This build has no {name}; build with -p:HotChocolateVersion=16.x.y, or ask for --graphql own.");
    }
}
