using OsstOrleans.Silo;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// Lines of the use log for figures of the caller's own registers, exact as staff get them: to manage by them is to use
/// clients' data (552/2019 19 §). The names are stored, so they may only grow.
/// </summary>
internal static class OwnFigures
{
    public const string Metrics = "caseload-metrics";

    public const string Table = "caseload-table";

    public const string Trend = "caseload-trend";

    public const string Outcomes = "outcomes";

    public const string Evaluation = "evaluation";

    /// <summary>
    /// A line for each own register whose figures are about to be shown exactly, or for each of its municipalities
    /// where not all are asked for; durable when it completes.
    /// </summary>
    /// <param name="platform">Where the log is.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="municipalities">Codes; all when null.</param>
    /// <param name="figures">Which figures.</param>
    public static async ValueTask Counted(
        Platform platform, Caller caller, IReadOnlyList<string>? municipalities, string figures)
    {
        foreach (var register in caller.Reach.Municipalities.GroupBy(platform.Services.RegisterOf))
        {
            string[] asked =
            [
                .. register.Where(code => AccessPolicy.SeesExactFigures(caller, code)
                    && municipalities?.Contains(code) is not false),
            ];
            var isAll = platform.Services.MunicipalitiesOf(register.Key).All(asked.Contains);
            foreach (var code in isAll ? [register.Key] : asked)
            {
                await platform.Uses.Counted(caller, code, figures);
            }
        }
    }
}
