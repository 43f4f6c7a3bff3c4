using OsstOrleans.Grains;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>How a batch of commands goes on after one that is not accepted.</summary>
internal enum BatchMode
{
    /// <summary>Each is sent, whatever became of the others.</summary>
    Each,

    /// <summary>They are sent one after the other, and none after the first that is not accepted.</summary>
    StopAtFirst,
}

/// <summary>Why a command could not be judged or carried out.</summary>
internal sealed record CommandFault(string Code, string? Field, string Message);

/// <summary>What became of one command of a batch.</summary>
internal sealed record CommandOutcome(
    Guid CommandId, bool Sent, CommandPayload? Payload = null, CommandFault? Fault = null)
{
    public bool Accepted => Payload is { Accepted: true };

    public long? Version => Payload?.Version;

    public long? Position => Payload?.Position;

    public IReadOnlyList<UserError> UserErrors => Payload?.UserErrors ?? [];
}

/// <summary>What a batch answers.</summary>
internal sealed record ExecutedCommands(IReadOnlyList<CommandOutcome> Results)
{
    public long? Position => Results.Max(result => result.Position);
}

/// <summary>
/// Many commands in one call, each as its own mutation: durable by itself, judged by the same rights, known again by
/// its command id. Those of one grain are sent in their order.
/// </summary>
/// <param name="commands">Which sends each of them.</param>
/// <param name="ids">The keys in global ids.</param>
/// <param name="limits">How many there may be.</param>
/// <param name="onFault">Takes a fault that nothing foresees, with the request's trace.</param>
internal sealed class BatchResolvers(
    CommandResolvers commands, GlobalIds ids, ApiLimits limits, Action<Exception, string>? onFault)
{
    private const int GrainsAtOnce = 64;

    private static readonly Dictionary<string, (CommandFamily Family, Type Command)> s_known =
        CommandResolvers.Families.SelectMany(family => family.Commands.Select(command => (family, command)))
            .ToDictionary(known => CommandResolvers.NameOf(known.command));

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Mutation", "executeCommands", Execute)
        .Object<ExecutedCommands>("ExecuteCommandsPayload")
        .Object<CommandOutcome>("CommandOutcome")
        .Object<CommandFault>("CommandFault");

    private async ValueTask<ExecutedCommands> Execute(FieldCall call)
    {
        var given = call.Arguments.GetList<Arguments>("commands");
        if (given.Count > limits.MaxCommands)
        {
            throw new FieldFault(
                ErrorCodes.LimitLines, $"A call has at most {limits.MaxCommands} commands.",
                new Dictionary<string, object?> { ["field"] = "commands", ["limit"] = limits.MaxCommands });
        }
        Entry[] entries = [.. given.Select(Read)];
        return new ExecutedCommands(call.Arguments.Get<BatchMode>("mode") is BatchMode.StopAtFirst
            ? await UpToTheFirst(call, entries)
            : await Each(call, entries));
    }

    private async Task<CommandOutcome[]> Each(FieldCall call, Entry[] entries)
    {
        var outcomes = new CommandOutcome[entries.Length];
        var most = new ParallelOptions { MaxDegreeOfParallelism = GrainsAtOnce };
        await Parallel.ForEachAsync(entries.Index().GroupBy(entry => entry.Item.Grain), most, async (grain, _) =>
        {
            foreach (var (place, entry) in grain)
            {
                outcomes[place] = await Send(call, entry);
            }
        });
        return outcomes;
    }

    private async Task<CommandOutcome[]> UpToTheFirst(FieldCall call, Entry[] entries)
    {
        var outcomes = new List<CommandOutcome>(entries.Length);
        foreach (var entry in entries)
        {
            outcomes.Add(outcomes is [] or [.., { Accepted: true }]
                ? await Send(call, entry)
                : new CommandOutcome(entry.CommandId, Sent: false));
        }
        return [.. outcomes];
    }

    /// <summary>
    /// What the mutation would answer as an error is the entry's own, also a fault that nothing foresees: it must not
    /// hide what became of the others. One that is sent again with its id is known.
    /// </summary>
    private async Task<CommandOutcome> Send(FieldCall call, Entry entry)
    {
        try
        {
            var executed = await commands.Execute(
                call, entry.Family, entry.Command, entry.Input, entry.CommandId);
            return new CommandOutcome(entry.CommandId, Sent: true, executed.Payload);
        }
        catch (Exception fault) when ((fault as FieldFault ?? Faults.Told(fault)) is { } told)
        {
            return new CommandOutcome(entry.CommandId, Sent: true, Fault: new CommandFault(
                told.Code, told.Extensions?.GetValueOrDefault("field") as string, told.Message));
        }
        catch (Exception fault) when (!call.Cancelled.IsCancellationRequested)
        {
            onFault?.Invoke(fault, call.Request.TraceId);
            return new CommandOutcome(entry.CommandId, Sent: true, Fault: new CommandFault(
                GraphQLErrorCodes.Internal, null, "Unexpected fault"));
        }
    }

    private Entry Read(Arguments entry)
    {
        var name = entry.Values.Single(given => given.Value is not null).Key;
        var (family, command) = s_known[name];
        var input = entry.Get<Arguments>(name);
        return new Entry(
            family, command, input, input.GetOrDefault<Guid?>("commandId") ?? Guid.NewGuid(),
            $"{family.Kind} {ids.KeyOf(family.Kind, input.Get<string>(family.IdField))}");
    }

    /// <param name="Family">The kind of grain.</param>
    /// <param name="Command">The command's type.</param>
    /// <param name="Input">As the mutation has it.</param>
    /// <param name="CommandId">Given, or made here.</param>
    /// <param name="Grain">Equal for commands of one grain.</param>
    private sealed record Entry(CommandFamily Family, Type Command, Arguments Input, Guid CommandId, string Grain);
}
