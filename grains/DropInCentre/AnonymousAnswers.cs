using OsstOrleans.Grains.Measures;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>
/// Records one visitor's answers to a measure, such as ESIS, without the visitor: nothing says who answered, and no
/// visit is linked to it. The day it occurred is the day of answering; of a year that is over a coordinator records it.
/// Of the answers the score alone is kept. For the register's own staff.
/// </summary>
/// <param name="Measure">The measure's name.</param>
/// <param name="Version">Its version; the latest one when null.</param>
public sealed record RecordAnonymousAnswers(string Measure, int? Version = null) : IDropInCentreCommand
{
    /// <summary>The answers; an item that was left open has none.</summary>
    public IReadOnlyList<ItemAnswer> Answers { get; init => field = value ?? []; } = [];
}

/// <summary>A visitor answered a measure, and it is not known who. Each set is a cell of one: it goes to no receiver.
/// </summary>
/// <param name="Measure">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="ScoreTenths">The score in tenths of a point; null where too many items were left open.</param>
[StoredAs("drop-in-centre.measure-answered", StaysInside = true)]
public sealed record AnonymousAnswersRecorded(string Measure, int Version, int? ScoreTenths) : IDropInCentreEvent;

/// <summary>Answers to one version of a measure at a centre in a year.</summary>
/// <param name="Year">The calendar year.</param>
/// <param name="Measure">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sets">Sets of answers; of others than own staff a multiple of five, from ten on.</param>
/// <param name="Mean">Mean score in points, 0-100; to others of ten sets or more, of years that are over, in whole
/// points. Null where there is none to show.</param>
/// <param name="Withheld">Some of it is not shown.</param>
public sealed record CentreMeasure(
    int Year, string Measure, int Version, int? Sets, double? Mean, bool Withheld = false);

/// <summary>What is kept of such answers: the sums of a year.</summary>
/// <param name="Year">The calendar year.</param>
/// <param name="Measure">The measure's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sets">Sets of answers.</param>
/// <param name="Scored">Those with a score.</param>
/// <param name="Tenths">Their sum, in tenths of a point.</param>
public sealed record AnswerSum(int Year, string Measure, int Version, int Sets, int Scored, long Tenths)
{
    /// <summary>Mean score in points; null without any.</summary>
    public double? Mean => Scored == 0 ? null : Tenths / (10.0 * Scored);
}

/// <summary>Anonymous answers by year.</summary>
public static class AnonymousAnswers
{
    /// <summary>Each year's answers as the own staff see them.</summary>
    public static IReadOnlyList<CentreMeasure> Of(DropInCentreState centre) =>
        [.. centre.Answers.Select(of => new CentreMeasure(of.Year, of.Measure, of.Version, of.Sets, of.Mean))];

    /// <summary>
    /// Why a set is a coordinator's to record: others see the mean of a year that is over. Null for one of this year.
    /// </summary>
    public static Rejection? OfYearOver(Moment moment) => moment.OccurredOn.Year < moment.Today.Year
        ? Refuse.Field(
            RejectionCodes.DateTooEarly, "occurredOn", "Answers of a year that is over are a coordinator's to record.")
        : null;

    internal static Decision Record(RecordAnonymousAnswers command)
    {
        if (AnswerSets.Check(command.Measure, command.Version, command.Answers) is { } refused)
        {
            return refused;
        }
        var measure = MeasureList.Find(command.Measure, command.Version)!;
        return Decision.Happened(new AnonymousAnswersRecorded(
            measure.Name, measure.Version, measure.ScoreOf(command.Answers)));
    }

    internal static DropInCentreState Evolve(
        DropInCentreState centre, AnonymousAnswersRecorded happened, DateOnly on)
    {
        var known = centre.Answers.FirstOrDefault(IsOf)
            ?? new AnswerSum(on.Year, happened.Measure, happened.Version, 0, 0, 0);
        var sum = known with
        {
            Sets = known.Sets + 1,
            Scored = known.Scored + (happened.ScoreTenths is null ? 0 : 1),
            Tenths = known.Tenths + (happened.ScoreTenths ?? 0),
        };
        return centre with
        {
            Answers =
            [
                .. centre.Answers.Where(other => !IsOf(other)).Append(sum).OrderBy(it => it.Year)
                    .ThenBy(it => it.Measure, StringComparer.Ordinal).ThenBy(it => it.Version),
            ],
        };

        bool IsOf(AnswerSum sums) => sums.Year == on.Year && sums.Measure == happened.Measure
            && sums.Version == happened.Version;
    }
}
