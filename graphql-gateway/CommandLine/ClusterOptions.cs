using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using OsstOrleans.Silo.Cluster;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>The options by which a process takes part in a cluster.</summary>
internal static class ClusterOptions
{
    public static Option<int> SiloPort { get; } = Port("--silo-port", "TCP port for other silos; any free one if 0.");

    public static Option<int> GatewayPort { get; } = Port(
        "--gateway-port", "TCP port for gateways; any free one if 0.");

    public static Option<IPAddress> Advertise { get; } = Address(
        "--advertise", "The address at which the cluster's other processes reach this one.");

    public static Option<IPAddress> Listen { get; } = Address("--listen", "The address to listen on for HTTP.");

    public static Option<string?> Keys { get; } = new("--keys")
    {
        Description = "The folder of the keys; the data folder when not given.",
    };

    /// <summary>Grains in this process, alone or as one silo of a cluster; or in others.</summary>
    public static ClusterPlace PlaceOf(ParseResult parsed, bool hostsGrains) => new(
        hostsGrains, parsed.GetValue(Advertise)!, hostsGrains ? parsed.GetValue(SiloPort) : 0,
        hostsGrains ? parsed.GetValue(GatewayPort) : 0);

    private static Option<int> Port(string name, string description)
    {
        var option = new Option<int>(name) { Description = description };
        OsstCommand.Within(option, 0, IPEndPoint.MaxPort);
        return option;
    }

    private static Option<IPAddress> Address(string name, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = Parse,
    };

    private static IPAddress? Parse(ArgumentResult given)
    {
        if (given.Tokens is [var token] && IPAddress.TryParse(token.Value, out var address))
        {
            return address;
        }
        given.AddError($"{((OptionResult)given.Parent!).Option.Name} takes an IP address, e.g. 127.0.0.1.");
        return null;
    }
}
