namespace OsstOrleans.Grains;

/// <summary>Something asked of a grain. It may be rejected.</summary>
public interface ICommand;

/// <summary>A command that no mutation sends.</summary>
public interface INoMutation : ICommand;

/// <summary>
/// A command that carries out what was decided elsewhere, one grain after the other. The platform alone sends it: no
/// caller can.
/// </summary>
public interface ICarriedOut : INoMutation;

/// <summary>
/// What a line of an import asks for. It travels in the envelope of who imports, and may be what that role may send.
/// </summary>
public interface IImportedLine : INoMutation;

/// <summary>Something that happened to a grain. It is never rejected and never changed.</summary>
public interface IEvent;

/// <summary>
/// An event that asks for more than its grain can do by itself. The platform carries it out, and is sure to come back
/// to it before the event is stored: <see cref="Hosting.IOpenWork"/>.
/// </summary>
public interface IOpensWork : IEvent
{
    /// <summary>False when nothing is left to do where the whole store is one file.</summary>
    bool InOneFile => true;
}

/// <summary>
/// An event that names clients, beside the one whose grain it may be of. Who gets the event gets something of each of
/// them, so each has a line in the disclosure log.
/// </summary>
public interface INamesClients : IEvent
{
    /// <summary>The keys of their grains.</summary>
    IReadOnlyList<string> NamedClients();
}

/// <summary>What kind of refusal a rejection is; decides which typed error a caller gets.</summary>
public enum RejectionKind
{
    /// <summary>
    /// A field's value is unusable whatever the state: unknown code, date in the future, negative amount.
    /// </summary>
    InvalidField = 1,

    /// <summary>The step is not possible in the grain's present state: review without a plan.</summary>
    IllegalStep = 2,

    /// <summary>The grain the command names does not exist.</summary>
    NotFound = 3,
}

/// <summary>
/// Why a command was refused: a value, never an exception. <paramref name="Code"/> is stable and documented in the
/// schema; <paramref name="Field"/> names the input field in camelCase with its path (<c>goals[1].goal</c>);
/// <paramref name="Message"/> is one plain sentence without personal data.
/// </summary>
public sealed record Rejection(RejectionKind Kind, string Code, string Field, string Message);

/// <summary>A decider's answer: the events that follow from a command, or the reason why none do.</summary>
public readonly struct Decision
{
    private Decision(IReadOnlyList<IEvent>? events, Rejection? rejection)
    {
        Events = events ?? [];
        Rejection = rejection;
    }

    /// <summary>What happened; empty when the command was accepted but changes nothing.</summary>
    public IReadOnlyList<IEvent> Events { get; }

    /// <summary>Null when the command was accepted.</summary>
    public Rejection? Rejection { get; }

    /// <summary>Accepted: everything asked for already holds.</summary>
    public static Decision Nothing => new(null, null);

    public static Decision Happened(params IReadOnlyList<IEvent> events) => new(events, null);

    public static Decision Rejected(Rejection rejection) => new(null, rejection);

    public static implicit operator Decision(Rejection rejection) => Rejected(rejection);
}

/// <summary>
/// The pure part of a grain: no clock, no I/O, no engine. <c>Evolve</c> is total over every event ever stored; an
/// event that a newer version wrote and this one does not know never reaches it.
/// </summary>
/// <typeparam name="TState">An immutable record, folded from the grain's events.</typeparam>
public interface IDecider<TState>
    where TState : class
{
    static abstract TState Initial { get; }

    /// <summary>Null when there may be a grain of that key; asked before its first event.</summary>
    static virtual Rejection? Fits(string key, Moment moment) => null;

    /// <summary>Why another grain is asked this; null when it is this one's, as its key says.</summary>
    static virtual Rejection? Elsewhere(string key, ICommand command, Moment moment) => null;

    static abstract Decision Decide(TState state, ICommand command, Moment moment);

    static abstract TState Evolve(TState state, IEvent happened, DateOnly occurredOn);

    /// <summary>What stays of an entry that was recorded in error: it is in the log, and counts no more.</summary>
    static virtual TState EvolveInError(TState state, IEvent happened, DateOnly occurredOn) => state;

    /// <summary>The municipality whose register the grain belongs to; empty for none.</summary>
    /// <param name="key">The grain's key.</param>
    /// <param name="state">Its state.</param>
    static virtual string MunicipalityOf(string key, TState state) => "";

    /// <summary>The municipality to which this command is left, though the grain may belong to another's register by
    /// now; null for commands that the present register's people send.</summary>
    static virtual string? LeftTo(TState state, ICommand command) => null;

    /// <summary>Who has to do with the person whose grain it is now; none for a grain that is no person's.</summary>
    static virtual Ties TiesOf(TState state, Moment moment) => new(null, false, [], []);

    /// <summary>The matter to whose documents the words of what just happened belong: 1, 2, 3 ...; 0 where there are no
    /// matters. Words that are kept longer say so at their event (<see cref="WordClass"/>).</summary>
    static virtual int MatterOf(TState state) => 0;

    /// <summary>True when people's data go where the grain says, so that operators may not command it.</summary>
    static virtual bool SendsPersonalData(TState state) => false;

    /// <summary>By which identifier a person who was erased is found for as long as lines of the logs are kept; null
    /// for a grain that is no person's.</summary>
    static virtual PersonalText? IdentifierOf(TState state) => null;

    /// <summary>The state without what is kept by consent: that is never part of a snapshot.</summary>
    static virtual TState WithoutConsentEntries(TState state) => state;

    /// <summary>
    /// Decides a command about earlier entries (<see cref="IRevision"/>). The history it is given is whole.
    /// </summary>
    static virtual Decision Revise(IReadOnlyList<PastEvent> past, ICommand command, Moment moment) =>
        Refuse.NotKnown("grain");
}
