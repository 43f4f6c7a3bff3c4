using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>Figures in words, where a sentence or a file has them.</summary>
public static class FigureWords
{
    public static string Of(Figure figure, Language words) => figure.State switch
    {
        FigureState.Shown => words.Number(figure.Value),
        FigureState.AtLeast => $"\u2265\u00a0{words.Number(figure.Value)}",
        FigureState.Withheld => words["figure.withheld"],
        FigureState.NotCovered => words["figure.notCovered"],
        FigureState.NotCounted => words["figure.notCounted"],
        _ => words["figure.notYet"],
    };
}
