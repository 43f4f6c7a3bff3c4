using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Hosting;

/// <summary>Who may send a grain something or read it, and the lines of the use log that stand for both.</summary>
/// <param name="grain">Which grain.</param>
/// <param name="services">What it stands on.</param>
internal sealed class GrainAccess<TState, TDecider>(GrainName grain, IGrainServices services)
    where TState : class
    where TDecider : IDecider<TState>
{
    /// <summary>The municipality to which the grain belongs; empty for none.</summary>
    public string MunicipalityOf(TState state) => TDecider.MunicipalityOf(grain.Key, state);

    /// <summary>Today's register of the grain: its municipality's, or its county's.</summary>
    public string RegisterOf(TState state) => services.RegisterOf(MunicipalityOf(state));

    /// <summary>True when a sender who names a municipality or register for this command means this grain's.</summary>
    public bool IsFor(string named, ICommand command, TState state) =>
        MunicipalityFor(command, state) is var code && (named == code || named == services.RegisterOf(code));

    /// <summary>True when the caller may command a grain of that state's register.</summary>
    public bool MayReach(Caller caller, TState state) =>
        services.MayReach(caller, grain.Kind, MunicipalityOf(state), TDecider.SendsPersonalData(state));

    /// <summary>By which relationship the caller may use the person's data; null by none.</summary>
    /// <param name="caller">Who uses them.</param>
    /// <param name="state">The person's state.</param>
    /// <param name="read">What is read; null for a command.</param>
    public AccessBasis? BasisOf(Caller caller, TState state, ReadKind? read = null)
    {
        var ties = TDecider.TiesOf(state, services.MomentOf(null));
        // The person's own right to the logs goes on, and so do the platform's own steps.
        return services.BasisOf(caller, MunicipalityOf(state), ties with
        {
            IsRestricted = ties.IsRestricted
                && read is not (ReadKind.UseLog or ReadKind.DisclosureLog or ReadKind.Merges),
        });
    }

    /// <summary>
    /// True when the caller may send this now. A command to a client is a use of data, too: what it is refused for
    /// shows some. Only a person's own worker, or another who has to do with the person, sends it. By a duty some send
    /// what comes from outside, but not on a version, which only readers know; so does who looks after data protection
    /// and reads no client. A client who is not there is none of the caller's, as another register's is none.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="envelope">What travels with it.</param>
    /// <param name="now">What it is decided on.</param>
    /// <param name="duty">By which duty, where nothing else lets the caller send it.</param>
    public bool MaySend(ICommand command, Envelope envelope, Remembered<TState> now, out AccessBasis? duty)
    {
        var caller = envelope.Caller;
        duty = null;
        if (now.Version == 0)
        {
            return grain.Kind != GrainKind.Client || caller.Reach.IsAll || services.Makes(command);
        }
        if (!services.MayReach(
            caller, grain.Kind, MunicipalityFor(command, now.State), TDecider.SendsPersonalData(now.State)))
        {
            return false;
        }
        if (grain.Kind != GrainKind.Client)
        {
            return true;
        }
        if (!services.NeedsRelationship(caller))
        {
            duty = services.MayReadClients(caller.Role) ? null
                : services.DutyOf(caller, MunicipalityFor(command, now.State), command);
            return duty is null || envelope.IfVersion is null;
        }
        if (BasisOf(caller, now.State) is { } basis && services.MaySendBy(basis, command))
        {
            return true;
        }
        duty = TDecider.TiesOf(now.State, services.MomentOf(null)).IsProtected ? null
            : services.DutyOf(caller, MunicipalityOf(now.State), command);
        return duty is not null && envelope.IfVersion is null;
    }

    /// <summary>
    /// A refused attempt at a client leaves a line, too, before the answer (703/2023 10 §). A client that does not
    /// exist has no register whose log could have one.
    /// </summary>
    public async ValueTask LogDenied(Remembered<TState> now, Caller caller, string what)
    {
        if (grain.Kind == GrainKind.Client && now.Version > 0)
        {
            await services.LogDenied(Line(now, caller, $"{UseLine.Denied}{what}"));
        }
    }

    /// <summary>
    /// The line of a use of a person's data; it is durable when the task completes. An answer to who sends by a duty
    /// alone, and that stores nothing, is one: it shows something of the person.
    /// </summary>
    /// <returns>The client's last version; null where nothing but this process can have changed it.</returns>
    public ValueTask<long?> LogUse(Remembered<TState> now, Caller caller, string what, AccessBasis basis) =>
        services.LogUse(Line(now, caller, what) with { Basis = AccessBases.NameOf(basis) });

    /// <summary>The municipality whose people send this command.</summary>
    private string MunicipalityFor(ICommand command, TState state) =>
        TDecider.LeftTo(state, command) ?? MunicipalityOf(state);

    private UseLine Line(Remembered<TState> now, Caller caller, string what) => new(
        grain, RegisterOf(now.State), caller.Actor, caller.Purpose ?? "-", what,
        services.MomentOf(null).RecordedAt);
}
