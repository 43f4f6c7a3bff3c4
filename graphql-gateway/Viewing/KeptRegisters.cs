using OsstOrleans.Grains;

namespace OsstOrleans.Gateway.Viewing;

/// <summary>Which registers this installation keeps today: municipalities' own, or counties'.</summary>
/// <param name="registers">Says which municipality is in which.</param>
/// <param name="today">The day in Finland.</param>
internal sealed class KeptRegisters(Registers registers, Func<DateOnly> today)
{
    /// <summary>The counties that keep a register here, by name.</summary>
    public IReadOnlyList<(string Code, string Name)> Counties =>
    [
        .. Registers.KnownCounties.Where(county => registers.IsCounty(county.Code, today()))
            .Select(county => (county.Code, county.Display.Fi)).OrderBy(county => county.Fi, StringComparer.Ordinal),
    ];

    /// <summary>The register in which all of these are; null for several, and for none.</summary>
    public string? OnlyOne(IReadOnlyList<string> municipalities) => municipalities
        .Select(code => registers.Of(code, today())).Distinct(StringComparer.Ordinal).ToArray() is [var only]
            ? only
            : null;
}
