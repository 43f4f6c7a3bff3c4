using System.Text.Json;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Tests.Feeds;
using OsstOrleans.Silo.Verification;
using Xunit.Abstractions;

namespace OsstOrleans.Silo.Tests.Verification;

/// <summary>The log alone gives an evaluation's digits again, also those of an earlier position.</summary>
public sealed class LogEvaluationTests(ITestOutputHelper output) : PopulationPlace(output)
{
    [Fact]
    public async Task The_log_gives_the_same_digits_again_and_says_who_was_erased_since()
    {
        await Populate();
        var position = Silo.Store.LastPosition;
        var before = Live();
        Assert.Contains("RESTRICTED_MEAN_12", before[0]);
        await new RandomLives(3).Live(Silo, [.. Everybody.Skip(60).Take(60)], commands: 400);
        await Send(Everybody[^1], new EraseClient(ErasureReason.RegisteredInError));
        await Silo.WaitFor(Silo.Store.LastPosition);
        var after = Live();
        Assert.NotEqual(before, after);
        await Silo.DisposeAsync();
        Assert.Equal(before, await Again(position, erased: 1));
        Assert.Equal(after, await Again(null, erased: 0));
        await Assert.ThrowsAsync<StoreRefusal>(() => Again(position + 1_000_000, erased: 0));
        await InitializeAsync();
        Assert.Equal(after, Live()); // From the image, or from the log: the same.
    }

    private static IEnumerable<EvaluationQuestion> Questions() => Enum.GetValues<EvaluationSubject>().Select(subject =>
        new EvaluationQuestion(subject, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12")));

    private static string Text(EvaluationResult result) => JsonSerializer.Serialize(result);

    private string[] Live()
    {
        var evaluations = new Evaluations(Silo.Caseloads, new Figures(Silo.Caseloads));
        return [.. Questions().Select(question => Text(evaluations.Exactly(question, null)))];
    }

    private async Task<string[]> Again(long? position, int erased)
    {
        var results = new List<string>();
        foreach (var question in Questions())
        {
            var read = await LogEvaluation.Run(Address, Time, question, [], position, default);
            Assert.Equal(erased, read.ErasedSince);
            results.Add(Text(read.Result));
        }
        return [.. results];
    }
}
