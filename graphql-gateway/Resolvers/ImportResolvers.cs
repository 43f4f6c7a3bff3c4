using OsstOrleans.Grains;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>What a bulk mutation answers.</summary>
internal sealed record ImportView(IReadOnlyList<LineResult> Results)
{
    public int Accepted => Count(LineStatus.Accepted);

    public int Duplicates => Count(LineStatus.Duplicate);

    public int Rejected => Count(LineStatus.Rejected);

    public int Superseded => Count(LineStatus.Superseded);

    public long? Position => Results.Max(result => result.Position) is > 0 and var last ? last : null;

    private int Count(LineStatus status) => Results.Count(result => result.Status == status);
}

/// <summary>A line refused before any grain was asked.</summary>
internal sealed record UnusableLine(string Code, string Field, string Message) : UserError(Message);

/// <summary>
/// One bulk mutation for each kind of line. Lines of one subject are taken one after the other, those of others beside
/// them; the answer has their outcomes in the order of the call.
/// </summary>
internal sealed class ImportResolvers(Platform platform, int mostLines)
{
    private const int SubjectsAtOnce = 128;

    private static readonly HashSet<string> OfLines =
        [.. typeof(ImportCodes).GetFields().Select(code => (string)code.GetValue(null)!)];

    private readonly ImportKeys _keys = new(platform.Services.MasterKey);

    public void AddTo(ResolverMap map)
    {
        foreach (var kind in ImportKinds.All)
        {
            map.Root("Mutation", $"import{kind}", call => Take(call, kind)).Object<ImportView>($"Import{kind}Payload");
        }
        map.Object<LineResult>("ImportedLine")
            .Plain<LineResult, long?>("ImportedLine", "position", r => r.Position > 0 ? r.Position : null)
            .Plain<LineResult, UserError?>("ImportedLine", "error", r => r.Why is { } why ? ErrorOf(why) : null)
            .Object<UnusableLine>("UnusableLine");
    }

    private async ValueTask<ImportView> Take(FieldCall call, ImportKind kind)
    {
        var (caller, input) = (call.Caller(), call.Arguments.Get<Arguments>("input"));
        if (!ImportKinds.SendersOf(kind).Contains(caller.Role))
        {
            throw CallerOf.Forbidden("importing");
        }
        var source = input.Get<string>("source");
        if (!GrainName.IsValidKey(source))
        {
            throw CaseloadResolvers.BadInput("source", "A source is 1-64 letters a-z, digits, '-' or '_'.");
        }
        var lines = input.GetList<object?>("lines");
        if (UsesNamesOf(kind, lines) && !caller.Sources.Contains(source))
        {
            throw CallerOf.Forbidden("lines of this source; the token names those that it speaks for");
        }
        if (lines.Count > mostLines)
        {
            throw new FieldFault(
                ErrorCodes.LimitLines, $"A call has at most {mostLines} lines.",
                new Dictionary<string, object?> { ["field"] = "lines", ["limit"] = mostLines });
        }
        IGrainCalls grains = input.Get<bool>("dryRun") ? new Rehearsal(platform.Services) : platform.Grains;
        var import = new LineImport(
            grains.Until(call.Cancelled), _keys, caller, source,
            input.GetOrDefault<Guid?>("importId") ?? Guid.NewGuid(), platform.Services.Time);
        var places = Places(input, lines.Count);
        return new ImportView(await Take(
            import, kind,
            [
                .. lines.Cast<IReadOnlyDictionary<string, object?>>().Zip(places, (line, place) =>
                    Read(kind, line) is var (read, problem) ? new CalledLine(place, read, problem) : default),
            ],
            input.GetOrDefault<string>("idempotencyKey"), call.Cancelled));
    }

    /// <summary>
    /// True where lines name clients or entries as the source does. An entry that another sender had spent under that
    /// name would be a duplicate when its own system sends it, and be lost.
    /// </summary>
    private static bool UsesNamesOf(ImportKind kind, IReadOnlyList<object?> lines) => ImportKinds.NamesClients(kind)
        || lines.OfType<IReadOnlyDictionary<string, object?>>().Any(
            line => line.GetValueOrDefault("entryId") is not null);

    private static IEnumerable<long> Places(Arguments input, int lines)
    {
        var given = input.GetList<long>("lineNumbers");
        return given.Count == 0 ? Enumerable.Range(1, lines).Select(place => (long)place)
            : given.Count == lines && input.Has("importId") ? given
            : throw CaseloadResolvers.BadInput("lineNumbers", "One for each line, and with an importId.");
    }

    private static async Task<LineResult[]> Take(
        LineImport import, ImportKind kind, CalledLine[] lines, string? key, CancellationToken cancelled)
    {
        var results = new LineResult[lines.Length];
        var subjects = lines.Index().GroupBy(line => line.Item.Line?.Subject());
        var most = new ParallelOptions { MaxDegreeOfParallelism = SubjectsAtOnce, CancellationToken = cancelled };
        await Parallel.ForEachAsync(subjects, most, async (subject, _) =>
        {
            foreach (var (number, line) in subject)
            {
                results[number] = line.Line is not { } read
                    ? LineResult.Refused(line.Problem!)
                    : await import.Send(kind, read, key is null ? line.Place : number, key);
            }
        });
        return results;
    }

    private static (IImportLine?, Rejection?) Read(ImportKind kind, IReadOnlyDictionary<string, object?> line) =>
        LineJson.Read(kind, ApiJson.Write(line));

    /// <summary>A line of a call, and its place in its import.</summary>
    private readonly record struct CalledLine(long Place, IImportLine? Line, Rejection? Problem);

    private static UserError ErrorOf(Rejection why) =>
        OfLines.Contains(why.Code) ? new UnusableLine(why.Code, why.Field, why.Message) : why.Kind switch
        {
            RejectionKind.InvalidField => new InvalidField(why.Code, why.Field, why.Message),
            RejectionKind.NotFound => new NotFound(why.Code, why.Field, why.Message),
            RejectionKind.IllegalStep => new IllegalStep(why.Code, why.Field, why.Message),
            _ => throw new InvalidOperationException($"Nothing says which error a {why.Kind} is."),
        };
}
