using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Tests.Feeds;
using OsstOrleans.Silo.Verification;
using Xunit.Abstractions;
using static OsstOrleans.Silo.Tests.Cases;

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

    [Fact]
    public async Task What_is_kept_of_a_municipality_is_never_older_than_its_clients_and_its_own_facts()
    {
        await Populate();
        var lives = new RandomLives(5);
        var before = Kept();
        Assert.Equal(before, Kept()); // Nothing happened in between: all of it was kept.
        for (var round = 0; round < 6; round++)
        {
            await lives.Live(Silo, [.. Everybody.Take(40)], commands: 15);
            await Silo.WaitFor(Silo.Store.LastPosition);
            Kept();
        }
        before = Kept();
        var osst = Silo.Caseloads.MunicipalityOf(Tampere)!.Exposures.Single(it => it.Experiment is Experiment.Osst);
        await Send(
            GrainName.Municipality(Tampere),
            new ChangeExposureEnd(osst.Experiment, osst.StartsOn, new DateOnly(2018, 6, 30)));
        await Silo.WaitFor(Silo.Store.LastPosition);
        Assert.NotEqual(before, Kept());
    }

    private static IEnumerable<EvaluationQuestion> Questions() => Enum.GetValues<EvaluationSubject>().Select(subject =>
        new EvaluationQuestion(subject, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12")));

    private static string Text(object result) => JsonSerializer.Serialize(result);

    private string[] Live() => Evaluated(new Figures(Silo.Caseloads));

    private string[] Evaluated(Figures figures)
    {
        var evaluations = new Evaluations(Silo.Caseloads, figures);
        return [.. Questions().Select(question => Text(evaluations.Exactly(question, null)))];
    }

    /// <summary>By the figures that have answered before, and by others that have nothing kept.</summary>
    private string[] Kept()
    {
        var kept = Everything(Silo.Figures);
        Assert.Equal(Everything(new Figures(Silo.Caseloads)), kept);
        return kept;
    }

    private string[] Everything(Figures figures) =>
    [
        .. Evaluated(figures), .. OfOthers(figures),
        .. Silo.Caseloads.Codes.Append(null).SelectMany(code => Outcomes(figures, code)).Order(StringComparer.Ordinal),
    ];

    /// <summary>What each caller gets of all municipalities, which depends on what that one sees anyway.</summary>
    private IEnumerable<string> OfOthers(Figures figures)
    {
        var evaluations = new Evaluations(Silo.Caseloads, figures);
        return from code in Silo.Caseloads.Codes.Prepend(null)
               from question in Questions()
               where !question.IsForOwnStaff
               let caller = In(code is null ? Role.Researcher : Role.Coordinator, code)
               select $"{code} {Text(evaluations.Ask(caller, question, null).Result)}";
    }

    private static IEnumerable<string> Outcomes(Figures figures, string? code)
    {
        var caller = In(code is null ? Role.Researcher : Role.Coordinator, code);
        var scope = new OutcomeScope(
            code is null ? null : [code],
            new OutcomePeriod(MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"), null));
        return figures.Funnel(caller, scope).ByReason.Select(row => $"{code} {row.Key} {Text(row.Value)}")
            .Concat(figures.Avain(caller, scope).ByMethod.Select(row => $"{code} {row.Key} {row.Value.Total}"));
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
