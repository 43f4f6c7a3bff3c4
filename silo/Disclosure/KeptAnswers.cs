using System.Collections.Concurrent;

namespace OsstOrleans.Silo.Disclosure;

/// <summary>
/// What others than own staff got of all municipalities, kept until something of one of them changes: a page asks the
/// same several times, and so do all who look at it. What it hands out is shared by all who ask, and only read.
/// </summary>
internal sealed class KeptAnswers
{
    /// <summary>So many answers are kept; then they are computed anew. A page of two years asks some ten.</summary>
    private const int MostAnswers = 128;

    private readonly ConcurrentDictionary<object, Kept> _answers = new();

    /// <summary>
    /// The kept answer, or a new one. The parts are taken before the answer is computed, so one that changes meanwhile
    /// is asked again.
    /// </summary>
    /// <param name="question">Equal for equal questions of callers with equal sight.</param>
    /// <param name="basis">Every municipality's part, and whose clients they are.</param>
    /// <param name="answer">Computes it.</param>
    public TAnswer Of<TAnswer>(
        object question, IReadOnlyList<(OutcomePart Part, string Register)> basis, Func<TAnswer> answer)
        where TAnswer : class
    {
        if (_answers.TryGetValue(question, out var kept) && kept.Basis.SequenceEqual(basis))
        {
            return (TAnswer)kept.Answer;
        }
        var computed = answer();
        if (_answers.Count >= MostAnswers)
        {
            _answers.Clear();
        }
        _answers[question] = new Kept(basis, computed);
        return computed;
    }

    private sealed record Kept(IReadOnlyList<(OutcomePart Part, string Register)> Basis, object Answer);
}
