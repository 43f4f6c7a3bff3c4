using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>How goals were assessed at reviews. The index is the number of <see cref="Attainment"/>.</summary>
public sealed class AttainmentCounts
{
    private readonly int[] _counts = new int[(int)Attainment.NotAssessed + 1];

    public int Of(Attainment attainment) => _counts[(int)attainment];

    /// <summary>All assessments, also <see cref="Attainment.NotAssessed"/>.</summary>
    public int Total => _counts.Sum();

    internal void Add(Attainment attainment, int count) => _counts[(int)attainment] += count;

    internal void Merge(AttainmentCounts other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }
}

/// <summary>
/// AVAIN outcomes: what the reviews of a period said, by goal, by method used and by study arm; the share of reviews
/// filled together with the client stands beside them because it bears on their reliability (Kivipelto and Blomgren).
/// </summary>
public sealed class AvainOutcomes
{
    public int Reviews { get; internal set; }

    /// <summary>Reviews filled together with the client.</summary>
    public int FilledWithClient { get; internal set; }

    public Dictionary<CodedValue, AttainmentCounts> ByGoal { get; } = [];

    /// <summary>Attainments of the reviews at which the method had been used.</summary>
    public Dictionary<CodedValue, AttainmentCounts> ByMethod { get; } = [];

    /// <summary>By the municipality's arm in the month of the review.</summary>
    public Dictionary<StudyArm, AttainmentCounts> ByArm { get; } = [];
}

/// <summary>One municipality's reviews by month.</summary>
internal sealed class AvainTally
{
    private readonly Dictionary<(int Month, CodedValue Goal, Attainment Attainment), int> _goals = [];
    private readonly Dictionary<(int Month, CodedValue Method, Attainment Attainment), int> _methods = [];
    private readonly Dictionary<int, (int Reviews, int WithClient)> _reviews = [];

    public void Count(PlanReviewed review, int day)
    {
        var month = MonthSet.NumberOf(DateOnly.FromDayNumber(day));
        var (reviews, withClient) = _reviews.GetValueOrDefault(month);
        _reviews[month] = (reviews + 1, withClient + (review.FilledWithClient ? 1 : 0));
        foreach (var goal in review.Attainments)
        {
            Increment(_goals, (month, goal.Goal, goal.Attainment));
            foreach (var method in review.Methods)
            {
                if (method.Usage == Usage.Used)
                {
                    Increment(_methods, (month, method.Method, goal.Attainment));
                }
            }
        }
    }

    /// <summary>Adds all that another tally counts, or with -1 takes it back.</summary>
    public void Add(AvainTally other, int sign)
    {
        foreach (var (key, count) in other._goals)
        {
            Add(_goals, key, sign * count);
        }
        foreach (var (key, count) in other._methods)
        {
            Add(_methods, key, sign * count);
        }
        foreach (var (month, counts) in other._reviews)
        {
            var (reviews, withClient) = _reviews.GetValueOrDefault(month);
            (reviews, withClient) = (reviews + (sign * counts.Reviews), withClient + (sign * counts.WithClient));
            _reviews[month] = (reviews, withClient);
            if (reviews == 0)
            {
                _reviews.Remove(month);
            }
        }
    }

    public void AddTo(AvainOutcomes answer, OutcomePeriod period, Func<int, StudyArm?> armIn)
    {
        bool Wanted(int month) => period.Takes(month, armIn);

        foreach (var (month, (reviews, withClient)) in _reviews.Where(entry => Wanted(entry.Key)))
        {
            answer.Reviews += reviews;
            answer.FilledWithClient += withClient;
        }
        foreach (var (key, count) in _goals.Where(entry => Wanted(entry.Key.Month)))
        {
            answer.ByGoal.CellOf(key.Goal).Add(key.Attainment, count);
            if (armIn(key.Month) is { } inArm)
            {
                answer.ByArm.CellOf(inArm).Add(key.Attainment, count);
            }
        }
        foreach (var (key, count) in _methods.Where(entry => Wanted(entry.Key.Month)))
        {
            answer.ByMethod.CellOf(key.Method).Add(key.Attainment, count);
        }
    }

    public void Imprint(Image image)
    {
        image.Entries(_goals, Line);
        image.Entries(_methods, Line);
        image.Entries(_reviews, static (Image i, ref int month, ref (int Reviews, int WithClient) counts) =>
        {
            i.Value(ref month);
            i.Value(ref counts);
        });

        static void Line(Image i, ref (int Month, CodedValue Code, Attainment Attainment) key, ref int count)
        {
            i.Value(ref key.Month);
            key.Code = CaseloadNames.ImprintOf(i, key.Code);
            i.Value(ref key.Attainment);
            i.Value(ref count);
        }
    }

    private static void Increment<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull => Add(counts, key, 1);

    /// <summary>A cell that comes to nothing is gone, as if it had never been counted.</summary>
    private static void Add<TKey>(Dictionary<TKey, int> counts, TKey key, int count)
        where TKey : notnull
    {
        var sum = counts.GetValueOrDefault(key) + count;
        counts[key] = sum;
        if (sum == 0)
        {
            counts.Remove(key);
        }
    }
}
