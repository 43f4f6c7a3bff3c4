namespace OsstOrleans.Grains;

/// <summary>What an entry of a client's timeline is about.</summary>
public enum TimelineKind
{
    /// <summary>Registration, basic data and moves between municipalities.</summary>
    Registration = 1,

    /// <summary>Referrals and notifications (<em>ilmoitukset ja yhteydenotot</em>).</summary>
    Referral = 2,

    /// <summary>Attempts to reach the client.</summary>
    Contact = 3,

    /// <summary>Meetings and what became of them.</summary>
    Meeting = 4,

    /// <summary>The assessment of need (<em>palvelutarpeen arviointi</em>).</summary>
    Assessment = 5,

    /// <summary>Who works with the client.</summary>
    Worker = 6,

    /// <summary>Plans and their reviews, with AVAIN, and answers to other measures.</summary>
    Plan = 7,

    /// <summary>Months on social assistance.</summary>
    Benefit = 8,

    /// <summary>Work and study, and periods of the employment services.</summary>
    Employment = 9,

    /// <summary>Drop-in centres: consents, and visits kept by consent.</summary>
    DropIn = 10,

    /// <summary>Closing and reopening of the matter.</summary>
    Matter = 11,

    /// <summary>Entries marked as recorded in error.</summary>
    Correction = 12,

    /// <summary>Something that a newer version of the platform recorded and this one does not know.</summary>
    Unknown = 13,
}
