using System.Globalization;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Measures;

/// <summary>What clients and drop-in centres share in taking answers to a measure.</summary>
public static class AnswerSets
{
    /// <summary>Null when the answers are of this measure: each item at most once, and on its scale.</summary>
    internal static Rejection? Check(string measure, int? version, IReadOnlyList<ItemAnswer> answers) =>
        MeasureList.Find(measure, version) is not { } definition
            ? Refuse.Field(MeasureUnknown, "measure", "This measure, or this version of it, is not known.")
        : Require.Some(answers, "answers")
            ?? Require.Each(answers, "answers", (answer, path) =>
                Require.Within(answer.Item, 1, definition.Items, $"{path}.item")
                ?? Require.Within(answer.Value, definition.Lowest, definition.Highest, $"{path}.value"))
            ?? Require.Distinct(answers, answer => answer.Item, "answers");

    /// <summary>Answers in the order of items, as they are sealed.</summary>
    internal static PersonalText Sealed(IReadOnlyList<ItemAnswer> answers) => new(string.Join(
        ' ', answers.OrderBy(answer => answer.Item).Select(answer =>
            string.Create(CultureInfo.InvariantCulture, $"{answer.Item}:{answer.Value}"))));

    /// <summary>The answers again; none when they cannot be read any more.</summary>
    public static IReadOnlyList<ItemAnswer> Opened(PersonalText answers) =>
        answers.Reveal() is not { Length: > 0 } words ? [] :
    [
        .. words.Split(' ').Select(answer => answer.Split(':')).Select(parts => new ItemAnswer(
            int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture))),
    ];
}
