using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Components;

/// <summary>One municipality of the overview.</summary>
/// <param name="Open">Open matters.</param>
/// <param name="Late">Late things of those kinds that are known of every municipality.</param>
/// <param name="Line">
/// Drop-in visits by month, null where nothing was counted; null as a whole where there is no centre.
/// </param>
/// <param name="LineEnd">The line's last month, counted from the year 0.</param>
public sealed record MunicipalityCard(
    string Code, string Name, string? SwedishName, Arm Arm, Figure Open, Figure Late, IReadOnlyList<long?>? Line,
    int LineEnd);
