using System.Text.Json;

namespace OsstOrleans.Grains.Codes;

/// <summary>
/// A code system as a file: <c>{system, name, source, complete, placeholder, standsFor?, codes: [{code,
/// display: {fi, sv?, en?}, parent?, value?, validFrom?, validTo?,
/// replacedBy?}]}</c>. Lists only grow: a code that was ever in one
/// may end, but never disappears.
/// </summary>
public static class CodeFile
{
    private const int MostCodes = 20_000;
    private const int LongestName = 200;
    private const string LocalPrefix = "local:";

    /// <summary>Reads a code system; what is wrong with it as one sentence when it is none.</summary>
    /// <param name="utf8">The file, with or without a byte order mark.</param>
    /// <param name="known">The register that it would join.</param>
    public static (CodeSystem? System, string? Fault) Read(Stream utf8, CodeRegister known)
    {
        try
        {
            var system = JsonSerializer.Deserialize<CodeSystem>(utf8, CodeRegister.Json);
            return system is null ? (null, "The file is empty.")
                : FaultOf(system, known.Find(system.System)) is { } fault ? (null, fault)
                : (system, null);
        }
        catch (JsonException fault)
        {
            return (null, $"The file is no code system at {fault.Path ?? "its beginning"}.");
        }
    }

    /// <summary>The form in which it is kept and read again.</summary>
    public static byte[] Write(CodeSystem system) => JsonSerializer.SerializeToUtf8Bytes(system, CodeRegister.Json);

    private static string? FaultOf(CodeSystem system, CodeSystem? known)
    {
        var codes = system.Codes.Select(line => line.Code).ToHashSet(StringComparer.Ordinal);
        return !IsName(system.System) ? "The system has no usable name."
            : string.IsNullOrWhiteSpace(system.Name) ? "The system has no Finnish name."
            : string.IsNullOrWhiteSpace(system.Source) ? "The file does not say where the list comes from."
            : system.System.StartsWith(LocalPrefix, StringComparison.Ordinal) != system.Placeholder
                ? $"A list is a placeholder exactly when its name begins with {LocalPrefix}."
            : system.Placeholder && system.StandsFor is null ? "A placeholder says which list it stands for."
            : system.Codes.Count is 0 or > MostCodes ? $"A list has 1 to {MostCodes} codes."
            : codes.Count != system.Codes.Count ? "A code stands in the list twice."
            : system.Codes.FirstOrDefault(line => FaultOf(line, codes) is not null) is { } wrong
                ? $"Code {wrong.Code}: {FaultOf(wrong, codes)}"
            : known?.Codes.FirstOrDefault(line => !codes.Contains(line.Code)) is { } gone
                ? $"Code {gone.Code} was in the list and is gone; a code ends by validTo."
            : null;
    }

    private static string? FaultOf(CodeLine line, HashSet<string> codes) =>
        !IsName(line.Code) ? "a code is 1 to 200 characters without spaces at its ends."
        : string.IsNullOrWhiteSpace(line.Display.Fi) ? "it has no Finnish name."
        : line.Parent is { } parent && (parent == line.Code || !codes.Contains(parent)) ? "its main class is not there."
        : line.ValidTo < line.ValidFrom ? "its last day lies before its first."
        : line.ReplacedBy is { } next && (next == line.Code || line.ValidTo is null || !codes.Contains(next))
            ? "a code that ended is replaced by another one of the list."
        : null;

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestName } && name.Trim() == name && !name.Any(char.IsControl);
}
