using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// What a system must say of itself and of whom it means. Identifiers of clients are chosen by callers: one register
/// may have given one that another register's system uses, and would read what that system sends.
/// </summary>
internal static class SenderRules
{
    /// <summary>Why the command is not sent on; null when it is.</summary>
    /// <exception cref="FieldFault">The token does not speak for the source.</exception>
    public static Rejection? Refusal(Caller caller, GrainKind kind, ICommand command, Arguments input)
    {
        if (command is INamesSource { Source: var source } && caller.Role is not Role.Coordinator
            && !caller.Sources.Contains(source))
        {
            throw CallerOf.Forbidden("this source; the token names those that it speaks for");
        }
        // Who may not send it is refused by the grain, whatever is missing.
        return kind is GrainKind.Client && command is not RegisterClient && IsOfSeveral(caller)
            && AccessPolicy.MaySend(caller.Role, kind, command)
            && string.IsNullOrEmpty(input.GetOrDefault<string?>("register"))
                ? new Rejection(
                    RejectionKind.InvalidField, RejectionCodes.FieldRequired, "register",
                    "A sender for several registers names the client's.")
                : null;
    }

    private static bool IsOfSeveral(Caller caller) => caller.Role is Role.Integration or Role.RecordSystem
        && caller.Reach.AreSeveral;
}
