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
        { IsOwn: true } when model.AllLate is { HasValue: true, Value: > 0 } late => words.Say(
            "lead.own", ("n", late.Value), ("contacts", FigureWords.Of(model.Late("CONTACT"), words)),
            ("meetings", FigureWords.Of(model.Late("MEETING_OUTCOME"), words)),
            ("reviews", FigureWords.Of(model.Late("REVIEW"), words))),
        { IsOwn: true } => words["lead.ownNone"],
        _ => words.Say(
            "lead.all", ("n", FigureWords.Of(model.Open, words)), ("municipalities", model.Cards.Count),
            ("plan", FigureWords.Of(model.In("IN_PLAN"), words))),
    };

    public static IReadOnlyList<LeadTile> Tiles(OverviewModel model, Language words) => model switch
    {
        { Operations: { } operations } => OperationsWords.Tiles(operations, words),
        { IsOwn: true, IsNotInStaff: false } =>
        [
            Late(model, "CONTACT", "CONTACT_OVERDUE", words), Late(model, "MEETING_OUTCOME", "MEETING_OUTCOMES", words),
            Late(model, "REVIEW", "REVIEWS_DUE", words), Unassigned(model, words),
        ],
        _ =>
        [
            new LeadTile(words["tile.open"], "/#status", model.Open),
            new LeadTile(words["tile.plan"], "/#status", model.In("IN_PLAN")),
            new LeadTile(words["tile.municipalities"], "/#municipalities", Figure.Of((long)model.Cards.Count)),
            model.Weeks.Last is { } last
                ? new LeadTile(
                    words.Say("tile.visits", ("week", OverviewPictures.NameOf(last, words))), "/#visits",
                    Figure.Of((long)last.Visits))
                : new LeadTile(words["unit.visits"], "/#municipalities", Figure.NotYet),
        ],
    };

    /// <summary>What a reader of the figures must know; null for nothing.</summary>
    public static IReadOnlyList<string> Notes(OverviewModel model, Language words) =>
    [
        .. new[]
        {
            model.IsNotInStaff ? words["lead.notInStaff"] : null, Staff(model, words),
            model is { IsOver: true, IsOwn: true } ? words.Say("clock.over", ("day", model.Programme!.EndsOn)) : null,
        }.OfType<string>(),
    ];

    /// <summary>Whom a coordinator has to enter among the staff; null when there is none.</summary>
    private static string? Staff(OverviewModel model, Language words) => model.Unregistered.Count == 0 ? null
        : words.Say(
            "lead.unregistered", ("n", model.Unregistered.Count),
            ("workers", string.Join(", ", model.Unregistered.Take(MostNamed).Select(one => one.WorkerId))));

    /// <summary>The tile leads to those who are late; who has chosen no purpose is asked for it on the way.</summary>
    private static LeadTile Late(OverviewModel model, string kind, string list, Language words) =>
        new(words.Of("overdue", kind), $"/own/lists/{list}", model.Late(kind), IsLate: true);

    /// <summary>A list of clients needs a purpose; without one the tile says what is missing.</summary>
    private static LeadTile Unassigned(OverviewModel model, Language words) =>
        model.Work?.Worklists?.Lists.FirstOrDefault(list => list.Kind == "CASES_TO_ASSIGN") is { } list
            ? new LeadTile(
                words["tile.assign"], "/own/lists/CASES_TO_ASSIGN", Figure.Of((long)list.Count), IsLate: true)
            : new LeadTile(
                words["tile.assign"], "/own/lists/CASES_TO_ASSIGN", Figure.NotYet, Text: words["tile.choosePurpose"]);
}
