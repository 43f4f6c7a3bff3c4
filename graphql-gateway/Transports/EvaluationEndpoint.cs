using System.Globalization;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Disclosure;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// <c>GET /evaluation/change.csv?from=2018-01&amp;to=2019-12&amp;municipality=837</c>: an evaluation as a file with its
/// codebook, for programs that ask no GraphQL. The caller gets what the same caller gets of <c>evaluation</c>.
/// </summary>
internal sealed class EvaluationEndpoint(Platform platform, Evaluations evaluations, Tokens tokens, int mostOperations)
{
    public const string Path = "/evaluation/{subject}.{form}";

    private const int MostMunicipalities = 500;

    public async Task Handle(HttpContext http, string subject, string form)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (await http.Identify(tokens) is not { } verified)
        {
            http.AskForToken();
            await Refuse(http, StatusCodes.Status401Unauthorized, Refusal.Unauthenticated);
            return;
        }
        if (!verified.Use.TryBegin(mostOperations))
        {
            await Refuse(http, StatusCodes.Status429TooManyRequests, Refusal.TooManyOperations);
            return;
        }
        try
        {
            await Answer(http, verified.Caller, subject, form);
        }
        finally
        {
            verified.Use.End();
        }
    }

    private async Task Answer(HttpContext http, Caller caller, string subject, string form)
    {
        if (EvaluationFile.Find<EvaluationSubject>(subject) is not { } asked || !EvaluationFile.Forms.Contains(form))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var (question, codes, problem) = Read(asked, http.Request.Query);
        if (problem is not null)
        {
            await Refuse(http, StatusCodes.Status400BadRequest, (ErrorCodes.BadInput, problem));
            return;
        }
        EvaluationReport report;
        try
        {
            report = evaluations.Report(caller, question, codes);
        }
        catch (DisclosureRefused refused)
        {
            await Refuse(http, StatusCodes.Status403Forbidden, (ErrorCodes.SmallCellRule, refused.Message));
            return;
        }
        await EvaluationResolvers.Counted(platform, caller, codes, asked, report.Result);
        http.Response.ContentType = form == "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"osst-{subject}.{form}\"";
        await http.Response.WriteAsync(EvaluationFile.Write(report, form), http.RequestAborted);
    }

    /// <summary>The question of an address, or one sentence on what is wrong with it.</summary>
    private static (EvaluationQuestion Question, IReadOnlyList<string>? Codes, string? Problem) Read(
        EvaluationSubject subject, IQueryCollection query)
    {
        var problems = new List<string>();
        var question = new EvaluationQuestion(
            subject, Month("from", "2018-01"), Month("to", "2019-12"), Gap(), Member<AgeGroup>("age"),
            Member<ReferralReason>("reason"), Member<PanelMeasure>("measure"),
            query["incident"] == "true");
        string[] codes = [.. query["municipality"].OfType<string>()];
        if (question.ToMonth < question.FromMonth)
        {
            problems.Add("to: the last month is before the first.");
        }
        if (codes.Length > MostMunicipalities || !Array.TrueForAll(codes, GrainName.IsValidKey))
        {
            problems.Add($"municipality: codes, at most {MostMunicipalities}.");
        }
        if (question.Problem() is { } problem)
        {
            problems.Add($"{problem.Field}: {problem.Message}");
        }
        return (question, codes.Length == 0 ? null : codes, problems.FirstOrDefault());

        int Month(string name, string usual)
        {
            var given = query[name].ToString();
            if (CalendarMonth.TryParse(given.Length == 0 ? usual : given, out var month))
            {
                return month.Ordinal;
            }
            problems.Add($"{name}: a month is written 2018-01.");
            return MonthSet.NumberOf(usual);
        }

        int Gap()
        {
            var given = query["gap"].ToString();
            if (given.Length == 0)
            {
                return EvaluationQuestion.UsualGap;
            }
            if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var gap)
                && gap is >= 1 and <= EvaluationQuestion.LongestGap)
            {
                return gap;
            }
            problems.Add($"gap: a number from 1 to {EvaluationQuestion.LongestGap}.");
            return EvaluationQuestion.UsualGap;
        }

        TEnum? Member<TEnum>(string name)
            where TEnum : struct, Enum
        {
            var given = query[name].ToString();
            if (given.Length > 0 && EvaluationFile.Find<TEnum>(given) is null)
            {
                var names = Enum.GetValues<TEnum>().Select(EvaluationFile.NameOf);
                problems.Add($"{name}: one of {string.Join(", ", names)}.");
            }
            return EvaluationFile.Find<TEnum>(given);
        }
    }

    private static Task Refuse(HttpContext http, int status, (string Code, string Message) error) =>
        Refusal.Write(http, status, Negotiation.Json, error);
}
