using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>How goals were assessed. The index is the number of <see cref="Attainment"/>.</summary>
public sealed class AttainmentCounts
{
    private readonly int[] _counts = new int[(int)Attainment.NotAssessed + 1];

    public int Of(Attainment attainment) => _counts[(int)attainment];

    /// <summary>All assessments, also <see cref="Attainment.NotAssessed"/>.</summary>
    public int Total => _counts.Sum();

    /// <summary>Those that say something: all but <see cref="Attainment.NotAssessed"/>.</summary>
    public int Assessed => Total - Of(Attainment.NotAssessed);

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
/// AVAIN outcomes of clients whose first plan was made in a period. Each goal counts once: as the last review of the
/// client's first plan episode assessed it, an episode being the plans from the first one to the closing of the matter.
/// The share of last reviews filled together with the client stands beside them because it bears on their reliability
/// (Kivipelto and Blomgren).
/// </summary>
public sealed class AvainOutcomes
{
    /// <summary>Clients with a first plan.</summary>
    public int Plans { get; internal set; }

    /// <summary>Clients of these whose first plan episode has a review.</summary>
    public int Reviews { get; internal set; }

    /// <summary>Clients whose last review was filled together with the client.</summary>
    public int FilledWithClient { get; internal set; }

    public Dictionary<CodedValue, AttainmentCounts> ByGoal { get; } = [];

    /// <summary>By the scale of the goal; 0 where none was set.</summary>
    public Dictionary<GoalScale, AttainmentCounts> ByScale { get; } = [];

    /// <summary>Goals of clients with whom some review says that the method had been used.</summary>
    public Dictionary<CodedValue, AttainmentCounts> ByMethod { get; } = [];

    /// <summary>Goals of clients for whom the method was planned, and no review says that it had been used.</summary>
    public Dictionary<CodedValue, AttainmentCounts> ByMethodNotUsed { get; } = [];

    /// <summary>Clients, not goals: those with a goal that was assessed so. A client with goals of several assessments
    /// is in each.</summary>
    public AttainmentCounts Persons { get; } = new();

    /// <summary>The same by main class of the goal; a client with several such goals is one.</summary>
    public Dictionary<CodedValue, AttainmentCounts> PersonsByClass { get; } = [];

    /// <summary>The same of clients with whom a method had been used.</summary>
    public Dictionary<CodedValue, AttainmentCounts> PersonsByMethod { get; } = [];

    /// <summary>By the municipality's arm in the month of the first plan.</summary>
    public Dictionary<StudyArm, AttainmentCounts> ByArm { get; } = [];

    /// <summary>The same by dose, and what stands beside goals: who filled the reviews, services, days kept.</summary>
    public PlanRows Rows { get; } = new();

    /// <summary>Adds all that another counts.</summary>
    public void Merge(AvainOutcomes other)
    {
        Rows.Merge(other.Rows);
        Plans += other.Plans;
        Reviews += other.Reviews;
        FilledWithClient += other.FilledWithClient;
        ByGoal.MergeAll(other.ByGoal);
        ByScale.MergeAll(other.ByScale);
        ByMethod.MergeAll(other.ByMethod);
        ByMethodNotUsed.MergeAll(other.ByMethodNotUsed);
        Persons.Merge(other.Persons);
        PersonsByClass.MergeAll(other.PersonsByClass);
        PersonsByMethod.MergeAll(other.PersonsByMethod);
        ByArm.MergeAll(other.ByArm);
    }
}

/// <summary>One municipality's first plan episodes, by the month of the first plan.</summary>
internal sealed class AvainTally
{
    private static readonly CodedValue Everything = new("", "");

    private readonly Dictionary<(int Month, CodedValue Goal, GoalScale Scale, Attainment Attainment), int> _goals = [];
    private readonly Dictionary<(int Month, CodedValue Method, bool Used, Attainment Attainment), int> _methods = [];
    private readonly Dictionary<(int Month, bool Reviewed, bool WithClient), int> _clients = [];
    private readonly Dictionary<(int Month, RowOf Row, CodedValue Code, Attainment Attainment), int> _persons = [];

    /// <summary>Counts a client's first plan episode, or with -1 takes it back.</summary>
    public void Add(PlanEpisode episode, CourseNames names, int sign)
    {
        var month = episode.Month;
        _clients.Count((month, episode.IsReviewed, episode.FilledWithClient), sign);
        AddPersons(episode, names, sign);
        foreach (var (goal, scale, attainment) in episode.Goals)
        {
            _goals.Count((month, names.Codes[goal], scale, attainment), sign);
            foreach (var (method, used) in episode.Methods)
            {
                _methods.Count((month, names.Codes[method], used, attainment), sign);
            }
        }
    }

    private void AddPersons(PlanEpisode episode, CourseNames names, int sign)
    {
        var month = episode.Month;
        foreach (var attainment in episode.Goals.Select(goal => goal.Attainment).Distinct())
        {
            _persons.Count((month, RowOf.All, Everything, attainment), sign);
            foreach (var (method, _) in episode.Methods.Where(method => method.Used))
            {
                _persons.Count((month, RowOf.Method, names.Codes[method], attainment), sign);
            }
        }
        foreach (var (goalClass, attainment) in episode.Goals
            .Select(goal => (CodeSystems.ClassOf(names.Codes[goal.Goal]), goal.Attainment)).Distinct())
        {
            _persons.Count((month, RowOf.Class, goalClass, attainment), sign);
        }
    }

    public void AddTo(AvainOutcomes answer, OutcomePeriod period, Func<int, StudyArm?> armIn)
    {
        foreach (var (key, count) in _persons.Where(entry => period.Takes(entry.Key.Month, armIn)))
        {
            var row = key.Row switch
            {
                RowOf.Class => answer.PersonsByClass.CellOf(key.Code),
                RowOf.Method => answer.PersonsByMethod.CellOf(key.Code),
                _ => answer.Persons,
            };
            row.Add(key.Attainment, count);
        }
        foreach (var (key, count) in _clients.Where(entry => period.Takes(entry.Key.Month, armIn)))
        {
            answer.Plans += count;
            answer.Reviews += key.Reviewed ? count : 0;
            answer.FilledWithClient += key.WithClient ? count : 0;
        }
        foreach (var (key, count) in _goals.Where(entry => period.Takes(entry.Key.Month, armIn)))
        {
            answer.ByGoal.CellOf(key.Goal).Add(key.Attainment, count);
            answer.ByScale.CellOf(key.Scale).Add(key.Attainment, count);
            if (armIn(key.Month) is { } inArm)
            {
                answer.ByArm.CellOf(inArm).Add(key.Attainment, count);
            }
        }
        foreach (var (key, count) in _methods.Where(entry => period.Takes(entry.Key.Month, armIn)))
        {
            (key.Used ? answer.ByMethod : answer.ByMethodNotUsed).CellOf(key.Method).Add(key.Attainment, count);
        }
    }

    public void Imprint(Image image)
    {
        image.Entries(_goals, static (
            Image i, ref (int Month, CodedValue Goal, GoalScale Scale, Attainment Attainment) key, ref int count) =>
        {
            i.Value(ref key.Month);
            key.Goal = CaseloadNames.ImprintOf(i, key.Goal);
            i.Value(ref key.Scale);
            i.Value(ref key.Attainment);
            i.Value(ref count);
        });
        image.Entries(_methods, static (
            Image i, ref (int Month, CodedValue Method, bool Used, Attainment Attainment) key, ref int count) =>
        {
            i.Value(ref key.Month);
            key.Method = CaseloadNames.ImprintOf(i, key.Method);
            i.Value(ref key.Used);
            i.Value(ref key.Attainment);
            i.Value(ref count);
        });
        image.Entries(_persons, static (
            Image i, ref (int Month, RowOf Row, CodedValue Code, Attainment Attainment) key, ref int count) =>
        {
            i.Value(ref key.Month);
            i.Value(ref key.Row);
            key.Code = CaseloadNames.ImprintOf(i, key.Code);
            i.Value(ref key.Attainment);
            i.Value(ref count);
        });
        image.Entries(_clients, static (
            Image i, ref (int Month, bool Reviewed, bool WithClient) key, ref int count) =>
        {
            i.Value(ref key);
            i.Value(ref count);
        });
    }

    /// <summary>Each cell as a line that does not depend on the order of counting.</summary>
    public IEnumerable<string> Lines() =>
        _goals.Select(cell => $"AVAIN goal {cell.Key} {cell.Value}")
            .Concat(_methods.Select(cell => $"AVAIN method {cell.Key} {cell.Value}"))
            .Concat(_persons.Select(cell => $"AVAIN persons {cell.Key} {cell.Value}"))
            .Concat(_clients.Select(cell => $"AVAIN clients {cell.Key} {cell.Value}"));

    /// <summary>Which row of an answer clients are counted for.</summary>
    private enum RowOf : byte
    {
        All = 0,
        Class = 1,
        Method = 2,
    }
}
