using System.Collections.Frozen;
using System.Text.Json;

namespace OsstOrleans.Grains;

/// <summary>
/// The code systems in use: those of the program, and those that the operator imported. It does not change while a
/// process runs. What was once stored keeps its system and code, whatever a later import says.
/// </summary>
public sealed class CodeRegister
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly FrozenDictionary<string, CodeSystem> _bySystem;
    private readonly FrozenDictionary<CodedValue, CodeLine> _lines;
    private readonly FrozenSet<CodedValue> _mainClasses;

    private CodeRegister(IEnumerable<CodeSystem> systems)
    {
        _bySystem = systems.ToFrozenDictionary(system => system.System, StringComparer.Ordinal);
        _lines = _bySystem.Values
            .SelectMany(system => system.Codes.Select(line => (Key: new CodedValue(system.System, line.Code), line)))
            .ToFrozenDictionary(pair => pair.Key, pair => pair.line);
        _mainClasses = _bySystem.Values
            .SelectMany(system => system.Codes.Select(line => new CodedValue(system.System, line.Parent ?? "")))
            .Where(_lines.ContainsKey)
            .ToFrozenSet();
        All = [.. _bySystem.Values.OrderBy(system => system.System, StringComparer.Ordinal)];
    }

    /// <summary>The code systems of the program, read once from <c>grains/Codes</c>.</summary>
    public static CodeRegister BuiltIn { get; } = new(Load());

    /// <summary>All code systems, ordered by their identifiers.</summary>
    public IReadOnlyList<CodeSystem> All { get; }

    /// <summary>This register with further systems; one of the same name takes the place of the known one.</summary>
    public CodeRegister With(IReadOnlyList<CodeSystem> imported) => imported.Count == 0 ? this
        : new CodeRegister(imported.Concat(All).DistinctBy(system => system.System, StringComparer.Ordinal));

    /// <summary>One code system; null when there is none of that name.</summary>
    public CodeSystem? Find(string? system) => system is null ? null : _bySystem.GetValueOrDefault(system);

    /// <summary>One line; null for a code that is not known.</summary>
    public CodeLine? Line(CodedValue value) =>
        value.System is null || value.Code is null ? null : _lines.GetValueOrDefault(value);

    /// <summary>True when the code may be recorded for something that happened on a day.</summary>
    public bool IsValid(CodedValue value, DateOnly day) =>
        Line(value) is { } line && !(day < line.ValidFrom) && !(day > line.ValidTo);

    /// <summary>True when the code is a main class, under which only its subclasses are recorded.</summary>
    public bool IsMainClass(CodedValue value) => value.Code is not null && _mainClasses.Contains(value);

    private static IEnumerable<CodeSystem> Load()
    {
        var assembly = typeof(CodeRegister).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(IsCodeList))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return JsonSerializer.Deserialize<CodeSystem>(stream, Json)
                ?? throw new InvalidDataException($"The code system {name} is empty.");
        }
    }

    /// <summary>Other data of this assembly lie in folders of their own.</summary>
    private static bool IsCodeList(string resource) =>
        resource.EndsWith(".json", StringComparison.Ordinal) && resource.Contains(".Codes.", StringComparison.Ordinal);
}
