namespace OsstOrleans.Grains.Programme;

/// <summary>Admits a municipality to the programme. It may come back after it has left.</summary>
/// <param name="Municipality">Its official three-digit code.</param>
/// <param name="JoinsOn">Its first day, within the programme's period.</param>
public sealed record AdmitMunicipality(string Municipality, DateOnly JoinsOn) : IProgrammeCommand;

/// <summary>Records a municipality's leaving, as Tornio did after 2018.</summary>
/// <param name="Municipality">A member's official three-digit code.</param>
/// <param name="LeavesOn">Its last day in the programme.</param>
public sealed record ReleaseMunicipality(string Municipality, DateOnly LeavesOn) : IProgrammeCommand;

/// <summary>A municipality joined.</summary>
public sealed record MunicipalityAdmitted(string Municipality, DateOnly JoinsOn) : IProgrammeEvent;

/// <summary>A municipality left; <paramref name="LeavesOn"/> was its last day.</summary>
public sealed record MunicipalityReleased(string Municipality, DateOnly LeavesOn) : IProgrammeEvent;

/// <summary>A municipality's time in the programme; the last day belongs to it, null while it is a member.</summary>
public sealed record Member(string Municipality, DateOnly JoinsOn, DateOnly? LeavesOn);
