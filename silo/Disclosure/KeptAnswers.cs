using System.Collections.Concurrent;

namespace OsstOrleans.Silo.Disclosure;

/// <summary>
/// What others than own staff got of all municipalities, kept until something of one of them changes: a page asks the
/// same several times, and so do all who look at it. All answers are let go with the first question after a change.
/// What it hands out is shared by all who ask, and only read.
/// </summary>
internal sealed class KeptAnswers
{
    /// <summary>So many answers are kept; then they are computed anew. A page of two years asks some ten.</summary>
    private const int MostAnswers = 128;

    private volatile Generation _now = new([]);

    /// <summary>
    /// The kept answer, or a new one; equal questions at the same time wait for one. The stamps are taken before the
    /// answer is computed, so a part that changes meanwhile is asked again.
    /// </summary>
    /// <param name="question">Equal for equal questions of callers with equal sight.</param>
    /// <param name="basis">The stamp of every municipality's part, and whose clients they are. No part itself: it would
    /// be kept with all its sums.</param>
    /// <param name="answer">Computes it; asks nothing that is kept here. What it throws is not kept.</param>
    public TAnswer Of<TAnswer>(
        object question, IReadOnlyList<(PartStamp Part, string Register)> basis, Func<TAnswer> answer)
        where TAnswer : class
    {
        var now = _now;
        if (!now.Basis.SequenceEqual(basis) || now.Answers.Count >= MostAnswers)
        {
            _now = now = new Generation(basis);
        }
        var kept = now.Answers.GetOrAdd(question, _ => new Lazy<object>(answer));
        try
        {
            return (TAnswer)kept.Value;
        }
        catch
        {
            now.Answers.TryRemove(new(question, kept));
            throw;
        }
    }

    private sealed record Generation(IReadOnlyList<(PartStamp Part, string Register)> Basis)
    {
        public ConcurrentDictionary<object, Lazy<object>> Answers { get; } = new();
    }
}
