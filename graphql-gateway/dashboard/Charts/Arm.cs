namespace OsstOrleans.Dashboard.Charts;

/// <summary>An arm of the study in pictures: a colour and a shape and a kind of line, never colour alone.</summary>
/// <param name="Code">The contract's code; empty for a municipality that is in no arm.</param>
/// <param name="Css">The class that gives colour and line.</param>
public sealed record Arm(string Code, string Css)
{
    /// <summary>The arms in the order in which they are shown.</summary>
    public static IReadOnlyList<Arm> All { get; } =
    [
        new("OSST_AND_EMPLOYMENT", "arm-osst"), new("EMPLOYMENT_ONLY", "arm-employment"), new("NEITHER", "arm-neither"),
        new("", "arm-none"),
    ];

    public static Arm Of(string? code) => All.FirstOrDefault(arm => arm.Code == code) ?? All[^1];
}
