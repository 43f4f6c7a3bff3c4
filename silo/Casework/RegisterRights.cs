using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// What is left of a token where registers grant rights themselves, as the log says that this process has read: a right
/// that was taken away ends in each process within about a second (docs/decisions/0049).
/// </summary>
/// <param name="caseloads">Each municipality's own state, from the log.</param>
/// <param name="services">The clock.</param>
public sealed class RegisterRights(Caseloads caseloads, GrainServices services)
{
    /// <summary>
    /// The caller, holding the role only for registers that keep no rights or grant it. A role that is held for all
    /// registers at once reads no client, and stays as it is.
    /// </summary>
    public Caller Cut(Caller caller)
    {
        var today = services.Clock().Today;
        var held = caller.Reach.Municipalities;
        for (var i = 0; i < held.Count; i++)
        {
            if (!Hold(held[i]))
            {
                return caller with { Reach = Reach.Of(held.Where(Hold)) };
            }
        }
        return caller;

        bool Hold(string register) => caseloads.MunicipalityOf(register) is not { KeepsRights: true } municipality
            || Rights.Hold(municipality, caller.Subject, caller.Role, today);
    }
}
