using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Feeds;

/// <summary>An answer is of one position, or says that it may not be.</summary>
public sealed class SettledAnswerTests
{
    private readonly Caseloads _caseloads = new(null!);

    [Fact]
    public async Task An_answer_computed_while_a_batch_is_taken_in_is_marked()
    {
        Assert.True(Ask().IsSettled);
        var happened = new MunicipalityRegistered("Kemijärvi", null);
        await _caseloads.Apply(
            new StoredEvent(
                GrainName.Municipality("320"), 1, 1, "320", EventCatalogue.NameOf(happened), new DateOnly(2018, 1, 1),
                DateTimeOffset.UnixEpoch, Guid.Empty, "test", default, default),
            happened);
        var within = Ask();
        Assert.False(within.IsSettled);
        Assert.Contains(within.Notes, note => note.StartsWith("Not settled", StringComparison.Ordinal));
        _caseloads.CaughtUpTo(1, DateTimeOffset.UnixEpoch);
        Assert.True(Ask().IsSettled);
    }

    private EvaluationResult Ask() => new Evaluations(_caseloads, new Figures(_caseloads)).Ask(
        In(Role.Researcher, null), new EvaluationQuestion(EvaluationSubject.Panel, 2018 * 12, (2018 * 12) + 11), null)
        .Result;
}
