namespace OsstOrleans.Grains.DropInCentre;

/// <summary>Something asked of a drop-in centre's grain (<em>asukastupa, asiakastupa, kohtaamispaikka</em>).</summary>
public interface IDropInCentreCommand : ICommand;

/// <summary>Something that happened to a drop-in centre. Names are the stored format: they may only grow.</summary>
public interface IDropInCentreEvent : IEvent;

/// <summary>A day of the week; the numbers are those of ISO 8601.</summary>
public enum Weekday
{
    /// <summary><em>Maanantai</em>.</summary>
    Monday = 1,

    /// <summary><em>Tiistai</em>.</summary>
    Tuesday = 2,

    /// <summary><em>Keskiviikko</em>.</summary>
    Wednesday = 3,

    /// <summary><em>Torstai</em>.</summary>
    Thursday = 4,

    /// <summary><em>Perjantai</em>.</summary>
    Friday = 5,

    /// <summary><em>Lauantai</em>.</summary>
    Saturday = 6,

    /// <summary><em>Sunnuntai</em>.</summary>
    Sunday = 7,
}

/// <summary>Registers a drop-in centre.</summary>
/// <param name="Municipality">The official three-digit code of its municipality.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it is: a street address or a village.</param>
public sealed record RegisterDropInCentre(string Municipality, string Name, string? Place = null) : IDropInCentreCommand
{
    /// <summary>The weekdays it is open; at least one, each once.</summary>
    public IReadOnlyList<Weekday> OpeningDays { get; init => field = value ?? []; } = [];
}

/// <summary>The drop-in centre was registered.</summary>
[StoredAs("drop-in-centre.registered", TellsOfNoPerson = true)]
public sealed record DropInCentreRegistered(string Municipality, string Name, string? Place) : IDropInCentreEvent
{
    /// <summary>The weekdays it is open.</summary>
    public IReadOnlyList<Weekday> OpeningDays { get; init => field = value ?? []; } = [];
}
