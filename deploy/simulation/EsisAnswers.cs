using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Measures;

namespace OsstOrleans.Simulation;

/// <summary>A client's answers to ESIS, by consent, while the matter is open and before any move; and visitors'.
/// </summary>
internal static class EsisAnswers
{
    private const string Measure = "ESIS";
    private const int Version = 1;

    private static readonly MeasureDefinition Esis = MeasureList.Find(Measure, Version)!;

    public static void Draw(Life life)
    {
        var assumed = life.Assumed.Measures;
        var until = life.SettledUntil ?? life.Horizon;
        if (life.MetOn is not { } day || day > until || !life.Draw.Chance(assumed.Consents))
        {
            return;
        }
        life.Write(day, new GiveMeasureConsent());
        var level = life.Draw.Between(Esis.Lowest, Esis.Highest - 1);
        for (var set = 1; set <= assumed.MostSets; set++)
        {
            life.Write(day, new RecordMeasureAnswers(Measure, Version) { Answers = Set(life.Draw, level, assumed) });
            if (!life.Draw.Chance(assumed.AnswersAgain))
            {
                break;
            }
            var next = day.AddDays(life.Draw.Between(assumed.DaysBetween.Least, assumed.DaysBetween.Most));
            if (next > until)
            {
                break;
            }
            level = Moved(life.Draw, level, assumed.Changes.Rises, assumed.Changes.Falls);
            day = next;
        }
        if (day.AddDays(1) is var later && later <= until && life.Draw.Chance(assumed.Withdraws))
        {
            life.Write(later, new WithdrawMeasureConsent());
        }
    }

    /// <summary>One visitor's answers.</summary>
    public static RecordAnonymousAnswers OfVisitor(Draw draw, MeasureAssumptions assumed) => new(Measure, Version)
    {
        Answers = Set(draw, draw.Between(Esis.Lowest + 1, Esis.Highest), assumed),
    };

    private static ItemAnswer[] Set(Draw draw, int level, MeasureAssumptions assumed)
    {
        var answers = new List<ItemAnswer>(Esis.Items);
        for (var item = 1; item <= Esis.Items; item++)
        {
            var value = Moved(draw, level, assumed.ItemVaries, assumed.ItemVaries);
            if (!draw.Chance(assumed.LeftOpen))
            {
                answers.Add(new ItemAnswer(item, value));
            }
        }
        return answers.Count > 0 ? [.. answers] : [new ItemAnswer(1, level)];
    }

    private static int Moved(Draw draw, int level, double rises, double falls) =>
        draw.Chance(rises) ? Math.Min(Esis.Highest, level + 1)
        : draw.Chance(falls) ? Math.Max(Esis.Lowest, level - 1)
        : level;
}
