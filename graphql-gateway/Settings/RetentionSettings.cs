namespace OsstOrleans.Gateway.Settings;

/// <summary>What is kept longer than the law of 2023 says.</summary>
internal sealed record RetentionSettings
{
    /// <summary>
    /// Documents of persons born on these days of the month are archived, and not destroyed when the time of keeping
    /// ends: 8, 18 and 28 by the older law (254/2015). None is held by default.
    /// </summary>
    public IReadOnlyList<int> ArchivedBirthDays { get; init; } = [];

    /// <summary>
    /// The list of what ended for good, best on another disk than the database; <c>endings</c> in the data folder when
    /// empty. Processes of a cluster may share one.
    /// </summary>
    public string EndingsFile { get; init; } = "";
}
