using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// What is left of a token where registers grant rights themselves, as the log says that this process has read: a right
/// that was taken away ends in each process within about a second, and where the log cannot be read none is held from
/// <see cref="RegisterStaff.MostAge"/> on (docs/decisions/0054).
/// </summary>
/// <param name="caseloads">Each municipality's own state, from the log.</param>
/// <param name="services">The clock.</param>
/// <param name="age">How old what was read of the log is at most.</param>
public sealed class RegisterRights(Caseloads caseloads, GrainServices services, Func<TimeSpan> age)
{
    /// <summary>
    /// The caller, holding the role only for registers that keep no rights or grant it, and there for all
    /// municipalities that are in the register today. What the token names and is no register today, as a municipality
    /// whose clients are its county's, is not held. A role that is held for all
    /// registers at once reads no client, and stays as it is; but an integration is kept out where a register has ended
    /// it. Where a register has granted none yet, and one of its municipalities had, none is held
    /// (<see cref="Rights.AreAwaited"/>).
    /// </summary>
    public Caller Cut(Caller caller)
    {
        if (caller.Reach.IsAll)
        {
            return caller.Role is not Role.Integration ? caller : CutOfAll(caller);
        }
        var today = services.Clock().Today;
        var held = caller.Reach.Municipalities;
        for (var i = 0; i < held.Count; i++)
        {
            if (!Hold(held[i]) || !services.Registers.IsAlone(held[i], today))
            {
                return caller with { Reach = Reach.Of(services.Registers, held.Where(Hold), today) };
            }
        }
        return caller;

        bool Hold(string register) => caseloads.MunicipalityOf(register) is not { KeepsRights: true } municipality
            ? !Rights.IsGranted(caller.Role) || !AreAwaited(register, today)
            : age() <= RegisterStaff.MostAge && Rights.Hold(municipality, caller.Subject, caller.Role, today);
    }

    private bool AreAwaited(string register, DateOnly today) => !services.Registers.IsAlone(register, today)
        && Rights.AreAwaited(
            caseloads.MunicipalityOf(register),
            services.Registers.MunicipalitiesOf(register, today).Select(caseloads.MunicipalityOf));

    private Caller CutOfAll(Caller caller)
    {
        var (today, isCurrent) = (services.Clock().Today, age() <= RegisterStaff.MostAge);
        string[] others =
        [
            .. caseloads.CodesOfAll.Where(code => caseloads.MunicipalityOf(code) is { KeepsRights: true })
                .Select(code => services.Registers.Of(code, today)).Distinct(StringComparer.Ordinal)
                .Where(IsKeptOut)
                .SelectMany(register => services.Registers.MunicipalitiesOf(register, today).Prepend(register)),
        ];
        return others.Length == 0 ? caller : caller with { Reach = Reach.AllBut(others).Within(caller.Reach) };

        // One that keeps none is here because a municipality of its own did.
        bool IsKeptOut(string register) => caseloads.MunicipalityOf(register) is not { KeepsRights: true } municipality
            || !isCurrent || Rights.KeepOut(municipality, caller.Subject, today);
    }
}
