namespace OsstOrleans.Grains.Municipality;

/// <summary>Periods of days, from a first one to a last one that belongs to it, or open.</summary>
internal static class Periods
{
    /// <summary>True when two periods have a day in common.</summary>
    public static bool Overlap(
        (DateOnly StartsOn, DateOnly? EndsOn) one, (DateOnly StartsOn, DateOnly? EndsOn) other) =>
        one.StartsOn <= (other.EndsOn ?? DateOnly.MaxValue) && other.StartsOn <= (one.EndsOn ?? DateOnly.MaxValue);
}
