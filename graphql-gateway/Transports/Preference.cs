using Microsoft.Net.Http.Headers;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// How much a caller wants one media type, by its <c>Accept</c>: the most exact range that covers the type says how
/// much (RFC 9110, section 12.5.1). Of types that are wanted as much, the one named more exactly comes first, then the
/// one named earlier.
/// </summary>
/// <param name="Quality">From 0, not at all, to 1.</param>
/// <param name="Exactness"><see cref="ByName"/>, by a part of it, or by any type at all.</param>
/// <param name="Place">Where the range stands in the list.</param>
internal readonly record struct Preference(double Quality, int Exactness, int Place) : IComparable<Preference>
{
    /// <summary>The type itself is named.</summary>
    public const int ByName = 2;

    private const int ByPart = 1;
    private const int AnyType = 0;
    private const int NotCovered = -1;

    /// <summary>Parameters are not compared: none changes what JSON or an event stream is.</summary>
    public static Preference For(MediaTypeHeaderValue type, IList<MediaTypeHeaderValue> ranges)
    {
        var found = new Preference(0, NotCovered, ranges.Count);
        for (var i = 0; i < ranges.Count; i++)
        {
            if (ExactnessOf(ranges[i], type) is var exactness && exactness > found.Exactness)
            {
                found = new Preference(ranges[i].Quality ?? 1, exactness, i);
            }
        }
        return found;
    }

    public int CompareTo(Preference other) =>
        Quality != other.Quality ? Quality.CompareTo(other.Quality)
        : Exactness != other.Exactness ? Exactness.CompareTo(other.Exactness)
        : other.Place.CompareTo(Place);

    /// <remarks>
    /// <see cref="MediaTypeHeaderValue.IsSubsetOf"/> would let <c>application/json</c> cover each type that ends with
    /// <c>+json</c>; who asks for JSON by name does not ask for those.
    /// </remarks>
    private static int ExactnessOf(MediaTypeHeaderValue range, MediaTypeHeaderValue type) =>
        range.MatchesAllTypes ? AnyType
        : !range.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase) ? NotCovered
        : range.SubType.Equals(type.SubType, StringComparison.OrdinalIgnoreCase) ? ByName
        : range.MatchesAllSubTypes ? ByPart
        : range.MatchesAllSubTypesWithoutSuffix
            && range.Suffix.Equals(type.Suffix, StringComparison.OrdinalIgnoreCase) ? ByPart
        : NotCovered;
}
