namespace OsstOrleans.Gateway.Settings;

/// <summary>Which registers this installation keeps.</summary>
internal sealed record RegisterSettings
{
    /// <summary>
    /// The wellbeing counties whose municipalities form one register each, from the county's first day on, as
    /// <c>hva-08</c>; <c>all</c> for every one. What was set once counts until it is set anew; each municipality keeps
    /// its own register while nothing is.
    /// </summary>
    [Counties]
    public IReadOnlyList<string>? Counties { get; init; }

    /// <summary>
    /// By which address others know this installation, as <c>https://osst.example.fi</c>: the source of its events, and
    /// where their schemas are.
    /// </summary>
    [Address]
    public string Installation { get; init; } = "";
}

/// <summary>The address of a service, with nothing behind its path.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressAttribute : Attribute;

/// <summary>A list of counties' codes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CountiesAttribute : Attribute;
