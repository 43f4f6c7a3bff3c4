using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>Clients of one month of first plans, as integers that add up.</summary>
public sealed class PlanMonth
{
    /// <summary>Clients with an assessed goal.</summary>
    public int Assessed { get; internal set; }

    /// <summary>Of these, those who attained one goal at least.</summary>
    public int Attained { get; internal set; }

    /// <summary>By method: clients of whom some review says whether it was used, and those with whom it was.</summary>
    public Dictionary<CodedValue, (int Known, int Used)> Methods { get; } = [];

    internal bool IsEmpty => Assessed == 0 && Methods.Count == 0;

    internal void Add(PlanEpisode episode, CourseNames names, int sign)
    {
        if (episode.Goals.Any(goal => goal.Attainment is not Attainment.NotAssessed))
        {
            Assessed += sign;
            Attained += episode.Goals.Any(goal => goal.Attainment is Attainment.Attained) ? sign : 0;
        }
        foreach (var (number, used) in episode.Methods)
        {
            AddTo(names.Codes[number], sign, used ? sign : 0);
        }
    }

    internal void Merge(PlanMonth other)
    {
        Assessed += other.Assessed;
        Attained += other.Attained;
        foreach (var (method, (known, used)) in other.Methods)
        {
            AddTo(method, known, used);
        }
    }

    internal void Imprint(Image image)
    {
        var (assessed, attained) = (Assessed, Attained);
        image.Value(ref assessed);
        image.Value(ref attained);
        (Assessed, Attained) = (assessed, attained);
        image.Entries(Methods, static (Image i, ref CodedValue method, ref (int Known, int Used) clients) =>
        {
            method = CaseloadNames.ImprintOf(i, method);
            i.Value(ref clients);
        });
    }

    public override string ToString() => $"{Assessed},{Attained} "
        + string.Join(' ', Methods.Select(it => $"{it.Key}:{it.Value}").Order(StringComparer.Ordinal));

    private void AddTo(CodedValue method, int known, int used)
    {
        var (before, usedBefore) = Methods.GetValueOrDefault(method);
        Methods[method] = (before + known, usedBefore + used);
        if (Methods[method] == (0, 0))
        {
            Methods.Remove(method);
        }
    }
}

/// <summary>One municipality's first plan episodes as clients, by the month of the first plan.</summary>
internal sealed class MethodTally
{
    private readonly Dictionary<int, PlanMonth> _months = [];

    /// <summary>Counts a client's first plan episode, or with -1 takes it back.</summary>
    public void Add(PlanEpisode episode, CourseNames names, int sign)
    {
        var month = _months.CellOf(episode.Month);
        month.Add(episode, names, sign);
        if (month.IsEmpty)
        {
            _months.Remove(episode.Month);
        }
    }

    public void AddTo(Dictionary<int, PlanMonth> months)
    {
        foreach (var (month, clients) in _months)
        {
            months.CellOf(month).Merge(clients);
        }
    }

    public void Imprint(Image image) => image.Entries(
        _months, static (Image i, ref int month, ref PlanMonth clients) =>
        {
            i.Value(ref month);
            (clients ??= new PlanMonth()).Imprint(i);
        });

    /// <summary>Each cell as a line that does not depend on the order of counting.</summary>
    public IEnumerable<string> Lines() => _months.Select(month => $"methods {month.Key} {month.Value}");
}
