using OsstOrleans.Grains.Calls;

namespace OsstOrleans.Grains.Hosting;

/// <summary>
/// What a grain stands on. The floor below implements it: the log, the keys that open it, the clock, and who may do
/// what.
/// </summary>
public interface IGrainServices
{
    /// <summary>Now, the calendar day that it is in Finland, and the code systems in use.</summary>
    /// <param name="occurredOn">The day something happened; today when null.</param>
    Moment MomentOf(DateOnly? occurredOn);

    /// <summary>The memory of one activation; it reads nothing before it is asked to.</summary>
    /// <param name="grain">Whose stream it is.</param>
    /// <param name="snapshot">Where the activation's snapshot is kept.</param>
    IGrainMemory<TState> MemoryOf<TState, TDecider>(GrainName grain, ISnapshotPlace snapshot)
        where TState : class
        where TDecider : IDecider<TState>;

    /// <summary>Today's register of a municipality's clients: whose log has the lines, whose staff uses the data.
    /// </summary>
    string RegisterOf(string municipality);

    /// <summary>True when the role may send this command to a grain of this kind at all.</summary>
    bool MaySend(Role role, GrainKind kind, ICommand command);

    /// <summary>What of a command, which the role may send, it may not ask for; null when all is the role's.</summary>
    Rejection? NotTheirs(Role role, ICommand command, Moment moment);

    /// <summary>True when the caller may command a grain that belongs to this municipality.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="kind">The grain's kind.</param>
    /// <param name="municipality">Whose register it belongs to.</param>
    /// <param name="sendsPersonalData">People's data go where the grain says.</param>
    bool MayReach(Caller caller, GrainKind kind, string municipality, bool sendsPersonalData);

    /// <summary>True when the caller may read this of a grain that belongs to this municipality.</summary>
    bool MayRead(Caller caller, GrainKind kind, string municipality, ReadKind read);

    /// <summary>True for a role that reads clients.</summary>
    bool MayReadClients(Role role);

    /// <summary>True for a role that answers clients who ask who used their data, and so reads that they asked.
    /// </summary>
    bool MayReadLogs(Role role);

    /// <summary>
    /// By which relationship a caller, who may reach the register, may use a person's data; null by none.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="municipality">The person's municipality.</param>
    /// <param name="ties">Who has to do with the person.</param>
    AccessBasis? BasisOf(Caller caller, string municipality, Ties ties);

    /// <summary>
    /// True for a caller who uses a person's data only with a relationship: then a duty alone lets a command through.
    /// </summary>
    bool NeedsRelationship(Caller caller);

    /// <summary>True when a relationship lets the caller send this.</summary>
    bool MaySendBy(AccessBasis basis, ICommand command);

    /// <summary>
    /// By which duty a caller sends this also to a person with whom the caller has nothing to do; null by none.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="municipality">The person's municipality.</param>
    /// <param name="command">The command.</param>
    AccessBasis? DutyOf(Caller caller, string municipality, ICommand command);

    /// <summary>
    /// True when the command makes its grain, so that there is something to answer where there is none yet.
    /// </summary>
    bool Makes(ICommand command);

    /// <summary>
    /// Lists outside the database what a command has ended for good; once, and durable when the task completes.
    /// </summary>
    /// <param name="grain">Which grain took it.</param>
    /// <param name="command">The command.</param>
    /// <param name="commandId">Its id.</param>
    Task ListEnded(GrainName grain, IEndsForGood command, Guid commandId);

    /// <summary>Keeps whom an identifier means, sealed, before the person is erased: the logs are kept for longer. It
    /// is durable when the task completes.</summary>
    ValueTask KeepForLogs(GrainName grain, PersonalText identifier);

    /// <summary>An activation of a grain of this kind began.</summary>
    void Activated(GrainKind kind);

    /// <summary>An activation of a grain of this kind ended.</summary>
    void LetGo(GrainKind kind);

    /// <summary>Writes a line of the use log (703/2023 10 §); it is durable when the task completes.</summary>
    /// <returns>The last version of the client's stream beside the line; null where nothing but this process can have
    /// changed it.</returns>
    ValueTask<long?> LogUse(UseLine line);

    /// <summary>
    /// Writes a line of the use log about an attempt that was refused. It is durable when the task completes; of a
    /// caller who is refused often, it is counted in a later line.
    /// </summary>
    ValueTask LogDenied(UseLine line);
}

/// <summary>
/// One line of the use log (703/2023 10 §): who used, or was refused, which data of whom, why, and when. Kept 12
/// years.
/// </summary>
/// <param name="Client">The client whose data was used.</param>
/// <param name="Register">Whose register it was: a municipality's or a county's.</param>
/// <param name="Actor">Who used them, <c>role/subject</c>.</param>
/// <param name="Purpose">Why; <c>-</c> when a refused attempt said nothing.</param>
/// <param name="What">Which data: the name of the read, e.g. <c>client</c> or <c>history</c>. Of a refused attempt
/// <c>denied:</c> and the name of the read or command, or how many more there were.</param>
/// <param name="At">When.</param>
/// <param name="Basis">By which relationship (9 §), one of <see cref="AccessBases"/>; empty for a refused attempt, and
/// in lines of versions before this one.</param>
public readonly record struct UseLine(
    GrainName Client, string Register, string Actor, string Purpose, string What, DateTimeOffset At, string Basis = "")
{
    /// <summary>With what <see cref="What"/> begins in a line about a refused attempt.</summary>
    public const string Denied = "denied: ";

    /// <summary>With what <see cref="What"/> begins in a line about a verb of an operator.</summary>
    public const string Verb = "verb: ";
}
