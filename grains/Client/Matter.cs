namespace OsstOrleans.Grains.Client;

/// <summary>Why a matter was closed. No official list is known; these are the project's own.</summary>
public enum ClosingReason
{
    /// <summary>The goals were reached.</summary>
    GoalsReached = 1,

    /// <summary>The client began work or study.</summary>
    WorkOrStudy = 2,

    /// <summary>No need for services was found.</summary>
    NoNeed = 3,

    /// <summary>The client did not want to go on.</summary>
    ClientsWish = 4,

    /// <summary>The client was never reached.</summary>
    NotReached = 5,

    /// <summary>The client moved out of the municipalities served here.</summary>
    MovedAway = 6,

    /// <summary>The client went over to another service.</summary>
    OtherService = 7,

    /// <summary>The client died.</summary>
    Died = 8,

    /// <summary>Another reason.</summary>
    Other = 9,
}

/// <summary>
/// Closes the client's matter (<em>asian sulkeminen</em>). The day it occurred starts the 10-year retention clock
/// (703/2023, annex). Until reopened, only benefit months and employment outcomes are still recorded.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="Note">The worker's words.</param>
public sealed record CloseMatter(ClosingReason Reason, PersonalText? Note = null) : IClientCommand;

/// <summary>Opens a closed matter again and stops the retention clock. Not before the day of closing.</summary>
/// <param name="Note">The worker's words.</param>
public sealed record ReopenMatter(PersonalText? Note = null) : IClientCommand;

/// <summary>The matter was closed.</summary>
public sealed record MatterClosed(ClosingReason Reason, PersonalText? Note) : IClientEvent;

/// <summary>The matter was opened again.</summary>
public sealed record MatterReopened(PersonalText? Note) : IClientEvent;

/// <summary>When and why the matter was closed.</summary>
public sealed record Closing(ClosingReason Reason, DateOnly ClosedOn);
