namespace OsstOrleans.Grains;

/// <summary>How much an event makes unreadable. The log keeps its lines; keys that open them are destroyed.</summary>
public enum Erasure
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What was kept by the grain's present consent.</summary>
    Consent = 1,

    /// <summary>All words about the person, and what was kept by consent.</summary>
    Person = 2,
}

/// <summary>
/// An event that is never written into the log: it is kept beside it, sealed under a key of the present consent, and is
/// gone for good with that key.
/// </summary>
public interface IConsentEvent : IEvent;

/// <summary>A command whose events are kept by consent. Not even its outcome is stored: it would be a trace.</summary>
public interface IConsentCommand : ICommand;

/// <summary>An event with which a consent begins: what is kept by it gets a key of its own.</summary>
public interface IOpensConsent : IEvent;

/// <summary>
/// An event of the log whose words are kept by a consent: sealed under the consent's key beside the keys of their
/// class, they are unreadable as soon as one of these is destroyed. Its codes stay.
/// </summary>
public interface ISealedByConsent : IEvent
{
    /// <summary>The number of the consent, from 1.</summary>
    int Consent { get; }
}

/// <summary>An event with which a consent begins whose words are in the log: its key is made with it.</summary>
public interface IOpensSealing : IEvent
{
    /// <summary>The number of the consent, from 1.</summary>
    int Consent { get; }
}

/// <summary>
/// A command that ends something for good: a person's words, a consent, a right. It is listed outside the database
/// before it is acknowledged, so that a database which is put back to an earlier day does not bring it back. It has no
/// personal words; its name and its fields are stored.
/// </summary>
public interface IEndsForGood : ICommand
{
    /// <summary>What ends it again, also where the database has lost why it could be ended.</summary>
    ICommand Again => this;

    /// <summary>The events of which one happens when it ends something.</summary>
    IReadOnlyList<Type> Ends { get; }

    /// <summary>True for an event of this very end. What ends by numbers compares them: the end of another one has the
    /// same name.</summary>
    bool IsEndedBy(IEvent happened) => Ends.Contains(happened.GetType());

    /// <summary>False for one of these that ends nothing.</summary>
    bool IsListed => true;
}

/// <summary>An event that erases: it is in the log and what it erases is gone, in one and the same transaction.
/// </summary>
public interface IErases : IEvent
{
    /// <summary>How much.</summary>
    Erasure Erases { get; }

    /// <summary>The number of the last matter whose words end, with all before it; 0 for none.</summary>
    int EndsMatters => 0;

    /// <summary>The number of the consent whose key is destroyed (<see cref="ISealedByConsent"/>); 0 for none.
    /// </summary>
    int EndsSealing => 0;
}
