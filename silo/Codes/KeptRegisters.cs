using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Codes;

/// <summary>
/// Which counties keep their municipalities' registers here. A server writes what its settings say beside the log, so
/// that all processes, verbs and copies of the log go by the same; without a setting what is there counts.
/// </summary>
public static class KeptRegisters
{
    /// <summary>In the setting: every county that is known.</summary>
    public const string All = "all";

    private const string Shelf = "registers";
    private const string Key = "counties";

    /// <summary>The codes of counties that a setting may name.</summary>
    public static IEnumerable<string> Known => Registers.KnownCounties.Select(county => county.Code);

    /// <summary>The registers of a store; each municipality's own where nothing is said.</summary>
    /// <exception cref="StoreRefusal">What is there cannot be read.</exception>
    internal static async Task<Registers> Load(INotes notes, CodeRegister codes)
    {
        var row = await Row(notes);
        if (row.Value.IsEmpty)
        {
            return new Registers(codes);
        }
        try
        {
            if (SummedJson.IsWhole(row.Value.Span)
                && JsonSerializer.Deserialize<Kept>(row.Value.Span) is { Counties: { } counties })
            {
                return Of(codes, counties);
            }
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new StoreRefusal("What the store holds of counties is damaged: set registers.counties anew.");
    }

    /// <summary>Writes what the settings say, where it differs from what is there, and takes it from then on.</summary>
    /// <param name="notes">Where it is kept.</param>
    /// <param name="codes">The code systems in use.</param>
    /// <param name="counties">Codes of counties, or <see cref="All"/> alone; null where the settings say nothing.
    /// </param>
    /// <exception cref="StoreRefusal">A county is not known.</exception>
    internal static async Task<Registers> Settle(INotes notes, CodeRegister codes, IReadOnlyList<string>? counties)
    {
        if (counties is null)
        {
            return await Load(notes, codes);
        }
        var (registers, before) = (Of(codes, counties), await Row(notes));
        var value = SummedJson.With(JsonSerializer.SerializeToUtf8Bytes(new Kept(counties)));
        return before.Value.Span.SequenceEqual(value) || await notes.TryWrite([before with { Value = value }], before)
            ? registers
            : throw new StoreRefusal("Another process set registers.counties at this moment; start again.");
    }

    private static Registers Of(CodeRegister codes, IReadOnlyList<string> counties) =>
        counties.FirstOrDefault(code => code != All && !Known.Contains(code)) is { } unknown
            ? throw new StoreRefusal($"{unknown} is no county that is known here.")
            : new Registers(codes,
                [.. Registers.KnownCounties.Where(county => counties is [All] || counties.Contains(county.Code))]);

    private static async Task<NoteRow> Row(INotes notes) =>
        (await notes.ReadRows(Shelf, "", 1)) is [var row] ? row : new NoteRow(Shelf, Key, default);

    private sealed record Kept(IReadOnlyList<string>? Counties);
}
