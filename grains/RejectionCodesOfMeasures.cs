namespace OsstOrleans.Grains;

public static partial class RejectionCodes
{
    // Measures: what clients and visitors say themselves.

    /// <summary>No measure of that name and version is known.</summary>
    public const string MeasureUnknown = "MEASURE_UNKNOWN";

    /// <summary>The client has not consented to have answers to measures kept, or not yet on that day.</summary>
    public const string NoMeasureConsent = "NO_MEASURE_CONSENT";
}
