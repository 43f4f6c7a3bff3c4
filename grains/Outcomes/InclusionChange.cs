namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// One client's answers to one version of a measure: the first set that has a score, and the last one. Of several sets
/// of one day the one that was recorded last stands; what a withdrawn consent had kept counts no more.
/// </summary>
internal sealed class InclusionChange
{
    /// <summary>So many days after the first set belong to its year.</summary>
    public const int YearDays = 365;

    private readonly (int Day, int Tenths)[] _scored;

    private InclusionChange(byte measure, int firstDay, (int Day, int Tenths)[] scored) =>
        (Measure, FirstDay, _scored) = (measure, firstDay, scored);

    /// <summary>The number of the measure's version.</summary>
    public byte Measure { get; }

    /// <summary>The day of the first set that has a score; without any, of the first set.</summary>
    public int FirstDay { get; }

    /// <summary>The first score in tenths of a point; null without any.</summary>
    public int? First => _scored.Length == 0 ? null : _scored[0].Tenths;

    /// <summary>The last set of a later day than the first; null without one.</summary>
    public (int Day, int Tenths)? Last => _scored.Length < 2 ? null : _scored[^1];

    /// <summary>The last one within a year of the first; null without one.</summary>
    public (int Day, int Tenths)? LastInYear => _scored.Skip(1)
        .Where(set => set.Day - FirstDay <= YearDays).Select(set => ((int, int)?)set).LastOrDefault();

    /// <summary>For each version of a measure that the client answered, by its number.</summary>
    public static IEnumerable<InclusionChange> Of(Course course)
    {
        var withdrawn = -1L;
        foreach (var mark in course.Marks)
        {
            withdrawn = mark.Kind is MarkKind.AnswersWithdrawn ? Math.Max(withdrawn, mark.Position) : withdrawn;
        }
        return course.Marks.Where(mark => mark.Kind is MarkKind.Answered && mark.Position > withdrawn)
            .GroupBy(mark => mark.Value).OrderBy(sets => sets.Key).Select(sets => Of(sets.Key, [.. sets]));
    }

    /// <param name="measure">The number of the measure's version.</param>
    /// <param name="sets">Its marks, in order of days and of recording.</param>
    private static InclusionChange Of(byte measure, CourseMark[] sets)
    {
        (int Day, int Tenths)[] scored =
        [
            .. sets.Where(set => set.Code >= 0).GroupBy(set => set.Day)
                .Select(day => (day.Key, (int)day.Last().Code)),
        ];
        return new InclusionChange(measure, scored.Length == 0 ? sets[0].Day : scored[0].Day, scored);
    }
}
