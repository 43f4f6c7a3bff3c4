namespace OsstOrleans.Grains;

/// <summary>A code's name in the languages known; Finnish is the original, the others are translations.</summary>
public sealed record CodeDisplay(string Fi, string? Sv = null, string? En = null);

/// <summary>One line of a code system.</summary>
/// <param name="Code">The code.</param>
/// <param name="Display">Its name.</param>
/// <param name="Parent">The main class it belongs to; null for a main class or a flat list.</param>
/// <param name="Value">The enumeration member of the domain that it codes, in UPPER_SNAKE.</param>
/// <param name="Source">Where the line comes from, when not from where its list does.</param>
/// <param name="ValidFrom">The first day for which it may be recorded; null for no first one.</param>
/// <param name="ValidTo">The last day for which it may be recorded; null while it is in use.</param>
/// <param name="ReplacedBy">The code that took its place after that day; null where none did, or it is not known.
/// </param>
public sealed record CodeLine(
    string Code,
    CodeDisplay Display,
    string? Parent = null,
    string? Value = null,
    string? Source = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null,
    string? ReplacedBy = null);

/// <summary>A list of codes, as far as it is known.</summary>
/// <param name="System">Its OID, or a local name: <c>sosmeta:</c> where the values are official but the OID is not
/// known, <c>local:</c> where the project made up the codes.</param>
/// <param name="Name">Its Finnish name.</param>
/// <param name="Complete">False when the official list has values that are not known here.</param>
/// <param name="Placeholder">
/// True when the official codes are not known and these only hold their place: never reported as official.
/// </param>
/// <param name="Source">Where the list comes from.</param>
/// <param name="Codes">Its lines, in the list's order.</param>
/// <param name="StandsFor">The OID of the official list that a placeholder stands in for.</param>
public sealed record CodeSystem(
    string System,
    string Name,
    bool Complete,
    bool Placeholder,
    string Source,
    IReadOnlyList<CodeLine> Codes,
    string? StandsFor = null);
