using System.CommandLine;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>The arguments and options of <c>osst evaluate</c>.</summary>
internal static class EvaluateOptions
{
    private const string Draws = "draws";

    private static readonly string[] Subjects =
        [.. Enum.GetValues<EvaluationSubject>().Select(EvaluationFile.NameOf)];

    private static readonly Argument<string> Definition = new("definition")
    {
        Description = $"{string.Join(", ", Subjects)}; or {Draws}, the numbers behind the bootstrap",
    };

    private static readonly Option<long?> AsOf = new("--as-of") { Description = "A position of the log." };

    private static readonly Option<string> From = MonthOption("--from", "2018-01", "First index month.");

    private static readonly Option<string> To = MonthOption("--to", "2019-12", "Last index month.");

    private static readonly Option<int> Gap = new("--gap")
    {
        Description = "Months without assistance that make an exit.",
        DefaultValueFactory = _ => EvaluationQuestion.UsualGap,
    };

    private static readonly Option<string?> Age = MemberOption<AgeGroup>("--age", "Only this age group.");

    private static readonly Option<string?> Reason = MemberOption<ReferralReason>(
        "--reason", "Only this reason of referral.");

    private static readonly Option<string?> Measure = MemberOption<PanelMeasure>(
        "--measure", "For the panel: whose share of residents; on-assistance when absent.");

    private static readonly Option<string[]> Municipality = new("--municipality")
    {
        Description = "A code; may be given several times. All when absent.",
    };

    private static readonly Option<bool> Incident = new("--incident")
    {
        Description = "Only clients on assistance in the index month, and in none of the twelve before it.",
    };

    private static readonly Option<string> Form = new("--form")
    {
        Description = "json or csv, each with its codebook.",
        DefaultValueFactory = _ => EvaluationFile.Forms[0],
    };

    private static readonly Option<int> Clusters = new("--clusters")
    {
        Description = $"For {Draws}: of how many municipalities.",
        DefaultValueFactory = _ => 9,
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = $"For {Draws}: the file to write.",
        DefaultValueFactory = _ => "draws.csv",
    };

    public static Command Verb(
        Func<ParseResult, StoreAddress> addressOf, Func<Func<Task<int>>, Task<int>> told, params Option[] store)
    {
        Definition.AcceptOnlyFromAmong([.. Subjects, Draws]);
        Form.AcceptOnlyFromAmong([.. EvaluationFile.Forms]);
        OsstCommand.Within(Gap, 1, EvaluationQuestion.LongestGap);
        OsstCommand.Within(Clusters, 2, 10_000);
        var command = new Command("evaluate", "Compute an evaluation anew from the log")
        {
            Definition, AsOf, From, To, Gap, Age, Reason, Measure, Incident, Form, Municipality, Clusters, Out,
        };
        foreach (var option in store)
        {
            command.Add(option);
        }
        command.SetAction((parsed, stop) => told(() => parsed.GetValue(Definition) == Draws
            ? EvaluateCommand.WriteDraws(Path.GetFullPath(parsed.GetValue(Out)!), parsed.GetValue(Clusters))
            : EvaluateCommand.Run(addressOf(parsed), RequestOf(parsed), stop)));
        return command;
    }

    private static EvaluateRequest RequestOf(ParseResult parsed) => new(
        new EvaluationQuestion(
            EvaluationFile.Find<EvaluationSubject>(parsed.GetValue(Definition)!)!.Value,
            MonthSet.NumberOf(parsed.GetValue(From)!), MonthSet.NumberOf(parsed.GetValue(To)!), parsed.GetValue(Gap),
            MemberOf<AgeGroup>(parsed.GetValue(Age)), MemberOf<ReferralReason>(parsed.GetValue(Reason)),
            MemberOf<PanelMeasure>(parsed.GetValue(Measure)), parsed.GetValue(Incident)),
        parsed.GetValue(AsOf), parsed.GetValue(Municipality) ?? [], parsed.GetValue(Form)!);

    /// <summary>A member of an enumeration by the name that the API has for it, in lower case with hyphens.</summary>
    private static Option<string?> MemberOption<TEnum>(string name, string description)
        where TEnum : struct, Enum
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong([.. Enum.GetValues<TEnum>().Select(EvaluationFile.NameOf)]);
        return option;
    }

    private static TEnum? MemberOf<TEnum>(string? name)
        where TEnum : struct, Enum => name is null ? null : EvaluationFile.Find<TEnum>(name);

    private static Option<string> MonthOption(string name, string usual, string description)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(given =>
        {
            if (!CalendarMonth.TryParse(given.GetValueOrDefault<string>(), out _))
            {
                given.AddError($"{name} takes a month like 2018-01.");
            }
        });
        return option;
    }
}
