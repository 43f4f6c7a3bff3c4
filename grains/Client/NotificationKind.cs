namespace OsstOrleans.Grains.Client;

/// <summary>
/// What kind of notification brought the client. Kela counts its own by kind and urgency, but its list is not known:
/// these are the kinds that the law and the statistics' notes name.
/// </summary>
public enum NotificationKind
{
    /// <summary>A decision that reduces the basic part, sent at once (toimeentulotukilaki 10.2 §).</summary>
    ReductionDecision = 1,

    /// <summary>
    /// The notice of a further month of the same reduction. Kela has sent one for each month since 1.11.2023, before
    /// only the first: figures of before and after do not compare.
    /// </summary>
    ContinuedReduction = 2,

    /// <summary>The parts of an application that Kela cannot decide (toimeentulotukilaki 14 d §).</summary>
    ForwardedApplication = 3,

    /// <summary>
    /// <em>Ilmoitus sosiaalihuollon tarpeesta</em> (SHL 35 §, Sosmeta 1506.4006).
    /// </summary>
    NeedOfServices = 4,

    /// <summary>Kela's automatic flag after four months on assistance (under 25).</summary>
    AutomaticFlag = 5,

    /// <summary>The client's own contact (<em>yhteydenotto</em>).</summary>
    OwnContact = 6,

    /// <summary>Another kind.</summary>
    Other = 7,
}
