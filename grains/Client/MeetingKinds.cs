using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Grains.Client;

/// <summary>Where a meeting takes place; the OSST models preferred to meet outside the office.</summary>
public enum MeetingSetting
{
    /// <summary>At the social office.</summary>
    Office = 1,

    /// <summary>At the client's (<em>käynti asiakkaan luona</em>, asiointitapa 3).</summary>
    ClientsHome = 2,

    /// <summary>At a drop-in centre (<em>asukastupa, asiakastupa</em>).</summary>
    DropInCentre = 3,

    /// <summary>By phone or video.</summary>
    Remote = 4,

    /// <summary>Anywhere else.</summary>
    Elsewhere = 5,
}

/// <summary>Whose doing a cancellation was: the two values of Sosmeta document 19006, and no third.</summary>
[CodedIn("sosmeta:19006/cancellation-cause")]
public enum CancellationCause
{
    /// <summary>Y30 <em>asiakkaasta johtuva</em>.</summary>
    Client = 1,

    /// <summary>Y32 <em>organisaatiosta johtuva</em>.</summary>
    Organisation = 2,
}

/// <summary>What became of a meeting.</summary>
public enum MeetingStatus
{
    /// <summary>Agreed, not yet held.</summary>
    Booked = 1,

    /// <summary>The client came.</summary>
    Attended = 2,

    /// <summary>The client did not come and had not cancelled.</summary>
    Missed = 3,

    /// <summary>Cancelled beforehand.</summary>
    Cancelled = 4,
}
