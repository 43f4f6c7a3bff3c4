using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Statistics;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>What <c>osst evaluate</c> was asked for.</summary>
/// <param name="Question">The definition.</param>
/// <param name="Position">Up to where the log is read; all of it when null.</param>
/// <param name="Municipalities">Codes; all when empty.</param>
/// <param name="Form">One of <see cref="EvaluationFile.Forms"/>.</param>
internal sealed record EvaluateRequest(
    EvaluationQuestion Question, long? Position, IReadOnlyList<string> Municipalities, string Form);

/// <summary>
/// <c>osst evaluate</c>: computes an evaluation anew from the log, by exact sums, and prints it with its codebook.
/// Exit 2 when persons were erased after the position, because what is left of them is not certain to be all that was
/// counted.
/// </summary>
internal static class EvaluateCommand
{
    public static async Task<int> Run(StoreAddress address, EvaluateRequest request, CancellationToken stop)
    {
        if (request.Question.Problem() is { } problem)
        {
            throw new StoreRefusal($"--{problem.Field}: {problem.Message}");
        }
        await Stores.MustExist(address);
        await VerbLines.Leave(address, "evaluate");
        var read = await LogEvaluation.Run(
            address, TimeProvider.System, request.Question, request.Municipalities, request.Position, stop);
        var report = new EvaluationReport(
            request.Question, read.Position, read.RecordedAt,
            read.Coverage.ToDictionary(it => it.Code, it => it.Months), read.Result);
        await Console.Out.WriteLineAsync(EvaluationFile.Write(report, request.Form));
        if (read.ErasedSince == 0)
        {
            return 0;
        }
        await Console.Error.WriteLineAsync(
            $"{read.ErasedSince} clients were erased after position {read.Position}: the digits may differ from then.");
        return OsstCommand.Refused;
    }

    /// <summary>The draws of the wild cluster bootstrap as CSV, a line a draw.</summary>
    public static async Task<int> WriteDraws(string file, int clusters)
    {
        var draws = WildBootstrap.Draws(WildBootstrap.UsualDraws, clusters);
        await File.WriteAllLinesAsync(
            file, draws.Chunk(clusters).Select(line => string.Join(',', line)));
        await Console.Out.WriteLineAsync(
            $"{file}: {WildBootstrap.UsualDraws} draws for {clusters} municipalities, treated first.");
        return 0;
    }
}
