using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OsstOrleans.Gateway.Import;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>The arguments and options of <c>osst import</c>.</summary>
internal static class ImportOptions
{
    /// <summary>All users of a machine can read its command lines, but not the environment of another user's process.
    /// </summary>
    private const string TokenVariable = "OSST_TOKEN";

    private static readonly Argument<string> Kind = new("kind")
    {
        Description = string.Join(", ", ImportKinds.All.Select(ImportKinds.NameOf)),
    };

    private static readonly Argument<string> File = new("file")
    {
        Description = "A file of NDJSON; of CSV when its name ends in .csv.",
    };

    private static readonly Option<string> Source = new("--source")
    {
        Description = "The system whose identifiers the file uses.",
        DefaultValueFactory = _ => "registry",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Decide everything and store nothing.",
    };

    private static readonly Option<DateOnly?> Day = new("--day")
    {
        Description = "The day of the lines that give none, e.g. 2018-03-01; today when absent.",
        CustomParser = given => DateOnly.TryParseExact(
            given.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Refused(given),
    };

    private static readonly Option<string?> Covers = new("--covers")
    {
        Description = "benefit-months: the months that are complete with this file, e.g. 2017-01..2020-12.",
    };

    private static readonly Option<string[]> Municipality = new("--municipality")
    {
        Description = "With --covers: a code; may be given several times. All registered ones when absent.",
    };

    private static readonly Option<string?> Url = new("--url")
    {
        Description = "Send the lines to a running server, e.g. http://127.0.0.1:5080.",
    };

    private static readonly Option<string?> Token = new("--token")
    {
        Description = $"The bearer token for it; {TokenVariable} when not given.",
    };

    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = "A file with the bearer token; read anew when the server refuses it, as tokens are renewed.",
    };

    /// <param name="addressOf">Which store the options mean.</param>
    /// <param name="told">Runs the verb, and prints a refusal as one sentence.</param>
    /// <param name="store">The options that say which store is meant.</param>
    public static Command Verb(
        Func<ParseResult, StoreAddress> addressOf, Func<Func<Task<int>>, Task<int>> told, params Option[] store)
    {
        Kind.AcceptOnlyFromAmong([.. ImportKinds.All.Select(ImportKinds.NameOf)]);
        Source.Validators.Add(given =>
        {
            if (!GrainName.IsValidKey(given.GetValueOrDefault<string>()))
            {
                given.AddError("--source takes 1-64 letters a-z, digits, '-' or '_'.");
            }
        });
        var command = new Command("import", "Take a file of lines into a data folder, or send it to a running server")
        {
            Kind, File, Source, DryRun, Day, Covers, Municipality, Url, Token, TokenFile,
        };
        foreach (var option in store)
        {
            command.Add(option);
        }
        command.SetAction((parsed, stop) => told(() =>
            ImportCommand.Run(RequestOf(parsed, addressOf(parsed)), stop)));
        return command;
    }

    /// <summary>A token and identity codes go there: in clear to this machine alone.</summary>
    private static Uri ServerAt(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https")
            ? throw new StoreRefusal("--url is like http://127.0.0.1:5080.")
        : IssuerReader.IsSafe(server) ? server
        : throw new StoreRefusal(
            "--url to another machine is an https address: a token and identity codes would travel in clear.");

    private static ImportRequest RequestOf(ParseResult parsed, StoreAddress store) => new ImportRequest(
        ImportKinds.Find(parsed.GetValue(Kind)!)!.Value, parsed.GetValue(File)!, store, parsed.GetValue(Source)!)
    {
        DryRun = parsed.GetValue(DryRun),
        Day = parsed.GetValue(Day),
        Covers = parsed.GetValue(Covers) is { } months ? CoveredMonths(months) : null,
        Municipalities = parsed.GetValue(Municipality) ?? [],
        Url = parsed.GetValue(Url) is { } url ? ServerAt(url) : null,
        Token = parsed.GetValue(TokenFile) is { } file ? ImportToken.InFile(file)
            : (parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable(TokenVariable)) is { } token
                ? ImportToken.Of(token)
            : null,
    }.Checked();

    private static DateOnly? Refused(ArgumentResult given)
    {
        given.AddError("--day takes a day like 2018-03-01.");
        return null;
    }

    private static (string From, string Through) CoveredMonths(string given) =>
        given.Split("..") is [var from, var through]
        && CalendarMonth.TryParse(from, out _) && CalendarMonth.TryParse(through, out _)
            ? (from, through)
            : throw new StoreRefusal("--covers takes two months like 2017-01..2020-12.");
}
