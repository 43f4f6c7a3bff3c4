using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>One of the four numbers at the top of the overview.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Href">Where it is explained.</param>
/// <param name="Figure">How many.</param>
/// <param name="IsLate">True for what should be nought.</param>
/// <param name="Text">In place of a figure.</param>
public sealed record LeadTile(string Name, string Href, Figure Figure, bool IsLate = false, string? Text = null);

/// <summary>The sentence and the four numbers that a role's overview begins with.</summary>
public static class OverviewLead
{
    /// <summary>Workers named in one sentence.</summary>
    private const int MostNamed = 10;

    public static string Sentence(OverviewModel model, Language words) => model switch
    {
        { Operations: { } operations } => OperationsWords.Sentence(operations, words),
        { Own: { } own } when model.AllLate is { HasValue: true, Value: > 0 } late => words.Say(
            "lead.own", ("n", late.Value), ("contacts", FigureWords.Of(model.Late("CONTACT"), words)),
            ("meetings", FigureWords.Of(model.Late("MEETING_OUTCOME"), words)),
            ("reviews", FigureWords.Of(model.Late("REVIEW"), words))),
        { Own: not null } => words["lead.ownNone"],
        _ => words.Say(
            "lead.all", ("n", FigureWords.Of(model.Open, words)), ("municipalities", model.Cards.Count),
            ("plan", FigureWords.Of(model.In("IN_PLAN"), words))),
    };

    public static IReadOnlyList<LeadTile> Tiles(OverviewModel model, Language words) => model switch
    {
        { Operations: { } operations } => OperationsWords.Tiles(operations, words),
        { Own: not null } =>
        [
            new LeadTile(words["overdue.CONTACT"], "/#waiting", model.Late("CONTACT"), IsLate: true),
            new LeadTile(words["overdue.MEETING_OUTCOME"], "/#waiting", model.Late("MEETING_OUTCOME"), IsLate: true),
            new LeadTile(words["overdue.REVIEW"], "/#waiting", model.Late("REVIEW"), IsLate: true),
            Unassigned(model, words),
        ],
        _ =>
        [
            new LeadTile(words["tile.open"], "/#status", model.Open),
            new LeadTile(words["tile.plan"], "/#status", model.In("IN_PLAN")),
            new LeadTile(words["tile.municipalities"], "/#municipalities", Figure.Of((long)model.Cards.Count)),
            new LeadTile(
                words["tile.visits"], "/#visits",
                model.Visits.Weeks is [.., var last] ? Figure.Of((long)last.Visits) : Figure.NotYet),
        ],
    };

    /// <summary>Whom a coordinator has to enter among the staff; null when there is none.</summary>
    public static string? Staff(OverviewModel model, Language words) => model.Unregistered.Count == 0 ? null
        : words.Say(
            "lead.unregistered", ("n", model.Unregistered.Count),
            ("workers", string.Join(", ", model.Unregistered.Take(MostNamed).Select(one => one.WorkerId))));

    /// <summary>
    /// A list of clients needs a purpose and a place among the staff; without one the tile says what is missing.
    /// </summary>
    private static LeadTile Unassigned(OverviewModel model, Language words) =>
        model.Work?.Worklists?.Lists.FirstOrDefault(list => list.Kind == "CASES_TO_ASSIGN") is { } list
            ? new LeadTile(words["tile.assign"], "/#waiting", Figure.Of((long)list.Count), IsLate: true)
            : new LeadTile(
                words["tile.assign"], "/account", Figure.NotYet,
                Text: words[model.Work is null ? "tile.choosePurpose" : "tile.notInStaff"]);
}
