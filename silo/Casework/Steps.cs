using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Looks at the answers to steps of what a municipality decided. A step counts as settled when it is done, or refused
/// for good; any other answer interrupts the run, which is tried again.
/// </summary>
internal static class Steps
{
    /// <exception cref="StoreFault">It was not done; passing.</exception>
    public static void DemandDone(CommandReply reply)
    {
        if (reply.Kind is not ReplyKind.Accepted)
        {
            throw NotTaken(reply);
        }
    }

    /// <exception cref="StoreFault">One is neither done nor refused for good; passing.</exception>
    /// <param name="replies">A client of another register by now answers FORBIDDEN, for good.</param>
    /// <param name="forGood">Codes of refusals that nothing takes back.</param>
    public static void Demand(IEnumerable<CommandReply> replies, params string[] forGood)
    {
        if (replies.FirstOrDefault(reply => !IsSettled(reply, forGood)) is { } open)
        {
            throw NotTaken(open);
        }
    }

    public static StoreFault NotTaken(CommandReply reply) => new(
        $"A step of what a municipality decided was not taken ({reply.Rejection?.Code ?? reply.Kind.ToString()}); "
        + "it is tried again.")
    {
        IsPassing = true,
    };

    private static bool IsSettled(CommandReply reply, string[] forGood) => reply.Kind switch
    {
        ReplyKind.Accepted or ReplyKind.Forbidden => true,
        ReplyKind.Rejected => forGood.Contains(reply.Rejection?.Code),
        _ => false,
    };
}
