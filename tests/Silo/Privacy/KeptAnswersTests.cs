using System.Runtime.CompilerServices;
using OsstOrleans.Silo.Disclosure;

namespace OsstOrleans.Silo.Tests.Privacy;

/// <summary>What others got is kept while nothing has changed, and no longer.</summary>
public sealed class KeptAnswersTests
{
    private readonly KeptAnswers _kept = new();

    [Fact]
    public void An_equal_question_gets_the_same_answer_until_a_part_or_its_register_changes()
    {
        (PartStamp, string)[] basis = [(new(), "837"), (new(), "091")];
        var first = Ask("exit", basis);
        Assert.Same(first, Ask("exit", [.. basis]));
        Assert.NotSame(first, Ask("change", basis));
        var second = Ask("exit", [(new(), "837"), basis[1]]);
        Assert.NotSame(first, second);
        Assert.NotSame(second, Ask("exit", [basis[0], (basis[1].Item1, "hva-05")]));
    }

    [Fact]
    public void The_first_question_after_a_change_lets_all_older_answers_go()
    {
        var old = AskOfOld();
        Ask("another question", [(new(), "837")]);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(old, answer => Assert.False(answer.TryGetTarget(out _)));
        GC.KeepAlive(_kept);
    }

    [Fact]
    public void Equal_questions_at_the_same_time_are_computed_once()
    {
        (PartStamp, string)[] basis = [(new(), "837")];
        var (computed, others) = (0, new object?[3]);
        Thread[] askers = [];
        var first = _kept.Of("exit", basis, () =>
        {
            askers = [.. others.Select((_, i) => new Thread(() => others[i] = _kept.Of("exit", basis, Compute)))];
            Array.ForEach(askers, asker => asker.Start());
            // Each waits for this answer, or has computed its own.
            SpinWait.SpinUntil(() => Array.TrueForAll(askers, asker =>
                !asker.IsAlive || asker.ThreadState.HasFlag(ThreadState.WaitSleepJoin)));
            return Compute();
        });
        Array.ForEach(askers, asker => asker.Join());
        Assert.All(others, answer => Assert.Same(first, answer));
        Assert.Equal(1, computed);

        object Compute()
        {
            Interlocked.Increment(ref computed);
            return new object();
        }
    }

    [Fact]
    public void A_question_that_failed_is_computed_anew()
    {
        (PartStamp, string)[] basis = [(new(), "837")];
        Assert.Throws<DisclosureRefused>(() => _kept.Of<object>(
            "exit", basis, () => throw new DisclosureRefused("not now")));
        Assert.NotNull(Ask("exit", basis));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<object>[] AskOfOld()
    {
        (PartStamp, string)[] basis = [(new(), "837")];
        return
        [
            .. Enumerable.Range(0, 100).Select(question => new WeakReference<object>(Ask(question, basis))),
            new(basis[0].Item1),
        ];
    }

    private object Ask(object question, IReadOnlyList<(PartStamp, string)> basis) =>
        _kept.Of(question, basis, () => new object());
}
