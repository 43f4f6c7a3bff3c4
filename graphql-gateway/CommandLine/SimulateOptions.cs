using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Simulation;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>The options of <c>osst simulate</c>.</summary>
internal static class SimulateOptions
{
    private const double LargestEffect = 0.5;

    private static readonly Option<int> Clients = new("--clients")
    {
        Description = "How many clients.",
        Required = true,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Same seed, same population.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<DateOnly?> From = new("--from") { Description = "First day." };

    private static readonly Option<DateOnly?> To = new("--to") { Description = "Last day." };

    private static readonly Option<double> Effect = new("--effect")
    {
        Description = "exit=SIZE: OSST lowers the chance to stay on assistance a month more by so much, 0-0.5.",
        CustomParser = EffectOf,
    };

    public static Command Verb(
        Func<ParseResult, StoreAddress> addressOf, Func<Func<Task<int>>, Task<int>> told, params Option[] store)
    {
        OsstCommand.Within(Clients, 0, Population.MostClients);
        var command = new Command("simulate", "Load a synthetic population into a data folder")
        {
            Clients, Seed, From, To, Effect,
        };
        foreach (var option in store)
        {
            command.Add(option);
        }
        command.SetAction((parsed, stop) => told(() => SimulateCommand.Run(
            addressOf(parsed), parsed.GetValue(Clients), parsed.GetValue(Seed), parsed.GetValue(From),
            parsed.GetValue(To), parsed.GetValue(Effect), stop)));
        return command;
    }

    private static double EffectOf(ArgumentResult given)
    {
        if (given.Tokens is [{ Value: var text }] && text.Split('=') is ["exit", var size]
            && double.TryParse(size, CultureInfo.InvariantCulture, out var effect)
            && effect is >= 0 and <= LargestEffect)
        {
            return effect;
        }
        given.AddError("--effect is like exit=0.05.");
        return 0;
    }
}
