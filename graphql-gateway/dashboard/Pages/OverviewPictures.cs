using System.Globalization;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>The pictures of the overview in one language.</summary>
public static class OverviewPictures
{
    /// <summary>Two years of weeks.</summary>
    private const int MostWeeks = 104;

    /// <summary>Later weeks that a note names.</summary>
    private const int MostLater = 3;

    public static IReadOnlyList<Picture> All(OverviewModel model, Language words) =>
        [.. new[] { Waiting(model, words), Statuses(model, words), Reasons(model, words), Visits(model, words) }
            .OfType<Picture>()];

    /// <summary>Who waits for what in the own municipality; null for those who do not see it.</summary>
    public static Picture? Waiting(OverviewModel model, Language words)
    {
        if (model.Work?.Worklists is not { } work)
        {
            return null;
        }
        var rows = work.Lists
            .Select(list => new PictureRow(words.Of("list", list.Kind), Figure.Of((long)list.Count), list.Kind)
            {
                Href = $"/own/lists/{list.Kind}",
            })
            .ToArray();
        var longest = rows.MaxBy(row => row.Figure.Value)!;
        return new Picture(
            "waiting", words["waiting.title"],
            longest.Figure.Value == 0
                ? words["waiting.none"]
                : words.Say("waiting.sentence", ("list", longest.Label), ("n", longest.Figure.Value)),
            words["waiting.label"], words["unit.clients"], rows)
        {
            Note = words["waiting.note"],
        };
    }

    public static Picture Statuses(OverviewModel model, Language words)
    {
        var metrics = model.Scope;
        var rows = metrics.ByStatus.Select(one => new PictureRow(
            words.Of("status", one.Status), Figure.OfPartial(one.Count, model.IsPartial), one.Status)).ToArray();
        var clients = Figure.OfPartial(metrics.Clients, model.IsPartial);
        return new Picture(
            "status", words["status.title"],
            words.Say(
                "status.sentence", ("open", FigureWords.Of(model.Open, words)),
                ("clients", FigureWords.Of(clients, words)), ("plan", FigureWords.Of(model.In("IN_PLAN"), words))),
            words["status.label"], words["unit.clients"], rows)
        {
            Note = metrics.Withheld ? words["note.withheld"] : null,
        };
    }

    public static Picture? Reasons(OverviewModel model, Language words)
    {
        if (model.Scope.ByReason is not { } reasons)
        {
            return null;
        }
        var rows = reasons.Select(one => new PictureRow(
            words.Of("reason", one.Reason ?? "NONE"), Figure.OfPartial(one.Count, model.IsPartial),
            one.Reason ?? "NONE")).ToArray();
        var first = rows.Where(row => row.Figure.HasValue && row.Code != "NONE").MaxBy(row => row.Figure.Value);
        return new Picture(
            "reason", words["reason.title"],
            first is null or { Figure.Value: 0 }
                ? words["reason.none"]
                : words.Say(
                    "reason.sentence", ("reason", first.Label), ("n", FigureWords.Of(first.Figure, words))),
            words["reason.label"], words["unit.clients"], rows)
        {
            Note = model.Scope.Withheld ? words["note.withheld"] : null,
        };
    }

    public static Picture? Visits(OverviewModel model, Language words)
    {
        if (model.Weeks.Last is not { } last)
        {
            return null;
        }
        var first = FirstShown(model.Weeks, last);
        var peak = model.Weeks.PeakSince(first)!;
        var rows = Filled(model.Weeks, first, last).Select(week => new PictureRow(
            NameOf(week.Year, week.Week, words),
            week.Visits is { } visits ? Figure.Of((long)visits)
                : model.Visits.Withheld && week.IsPause ? Figure.Withheld : Figure.NotCounted,
            $"{week.Year}-W{week.Week:00}"))
            .ToArray();
        return new Picture(
            "visits", words["visits.title"],
            words.Say(
                "visits.sentence", ("last", NameOf(last, words)), ("n", last.Visits),
                ("share", words.Percent((double)last.Visits / Math.Max(1, peak.Visits))), ("peak", NameOf(peak, words)),
                ("most", peak.Visits)),
            words["visits.label"], words["unit.visits"], rows)
        {
            IsTimeLine = true,
            Note = NoteOf(model, words),
            Marked = Array.FindIndex(rows, row => row.Code == $"{peak.Year}-W{peak.Week:00}") is >= 0 and var at
                ? at
                : null,
        };
    }

    public static string NameOf(WeekAnswer week, Language words) => NameOf(week.Year, week.Week, words);

    private static string NameOf(int year, int week, Language words) => words.Say(
        "week.name", ("week", week.ToString(CultureInfo.InvariantCulture)),
        ("year", year.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What the picture leaves out: small counts, and weeks after the last whole one of the run.</summary>
    private static string? NoteOf(OverviewModel model, Language words)
    {
        string?[] notes =
        [
            model.Visits.Withheld ? words["visits.withheld"] : null,
            model.Weeks.Later.Count == 0 ? null : words.Say("visits.later", ("weeks", string.Join(
                ", ", model.Weeks.Later.TakeLast(MostLater).Select(week => words.Say(
                    "visits.laterWeek", ("week", NameOf(week, words)), ("n", week.Visits)))))),
        ];
        var said = string.Join(' ', notes.OfType<string>());
        return said.Length == 0 ? null : said;
    }

    /// <summary>The last two years, or as long as something was counted.</summary>
    private static DateOnly FirstShown(VisitWeeks weeks, WeekAnswer last)
    {
        var first = last.StartsOn.AddDays(-7 * (MostWeeks - 1));
        return first > weeks.Shown[0].StartsOn ? first : weeks.Shown[0].StartsOn;
    }

    /// <summary>Every week from the first to the last; those without visits are not among the answer's.</summary>
    private static List<(int Year, int Week, int? Visits, bool IsPause)> Filled(
        VisitWeeks weeks, DateOnly first, WeekAnswer last)
    {
        List<(int, int, int?, bool)> filled = [];
        var known = weeks.Shown.ToDictionary(week => week.StartsOn, week => week.Visits);
        var (before, next) = (first, 0);
        for (var day = first; day <= last.StartsOn; day = day.AddDays(7))
        {
            while (next < weeks.Shown.Count && weeks.Shown[next].StartsOn < day)
            {
                before = weeks.Shown[next++].StartsOn;
            }
            var after = next < weeks.Shown.Count ? weeks.Shown[next].StartsOn : last.StartsOn;
            var noon = day.ToDateTime(TimeOnly.MinValue);
            filled.Add((ISOWeek.GetYear(noon), ISOWeek.GetWeekOfYear(noon),
                known.TryGetValue(day, out var visits) ? visits : null,
                VisitWeeks.IsPause(((after.DayNumber - before.DayNumber) / 7) - 1)));
        }
        return filled;
    }
}
