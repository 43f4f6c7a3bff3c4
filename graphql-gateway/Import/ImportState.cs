using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Import;

/// <summary>
/// What an import leaves on disk beside the log: how far it came, and a line for each line refused. Losing it costs
/// time and no line: whatever is sent again is recognised. The report holds numbers, names of fields, codes and
/// sentences of this program, never anything of the file.
/// </summary>
internal sealed class ImportState : IDisposable
{
    private const string Folder = "imports";

    private readonly Lock _gate = new();
    private readonly string? _checkpoint;
    private readonly string _file;
    private readonly FileStream _report;

    private ImportState(string? checkpoint, string report, Checkpoint begun)
    {
        (_checkpoint, ReportPath, ResumesAfter, Import) = (checkpoint, report, begun.Done, begun.Import);
        _file = begun.File!;
        KeepUpTo(report, begun.Done);
        _report = new FileStream(report, OwnersFile.ToWrite(FileMode.Append));
    }

    /// <summary>Where the report is.</summary>
    public string ReportPath { get; }

    /// <summary>Distinguishes this import from every other, also of the same file; one that goes on keeps it.</summary>
    public Guid Import { get; }

    /// <summary>How far an earlier file of this place came, which was cut off and is not gone on with; 0 for none.
    /// </summary>
    public long LeavesAfter { get; private init; }

    /// <summary>All lines up to this one were taken by an earlier run that was cut off; 0 for a new import.</summary>
    public long ResumesAfter { get; }

    /// <summary>Opens the state of a file's import.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="name">The file's name, for the report's.</param>
    /// <param name="place">
    /// Kind, source and target, hashed. Each place has one checkpoint: the next file that goes there takes it, so that
    /// an older one which comes again is not gone on with in its middle.
    /// </param>
    /// <param name="identity">Place and content of the file, hashed.</param>
    /// <param name="isRehearsal">Every rehearsal begins anew: it has stored nothing.</param>
    /// <exception cref="StoreRefusal">The folder cannot be written.</exception>
    public static ImportState Open(string data, string name, string place, string identity, bool isRehearsal)
    {
        var folder = Path.Combine(data, Folder);
        try
        {
            Directory.CreateDirectory(folder);
            var checkpoint = isRehearsal ? null : Path.Combine(folder, place + ".checkpoint");
            var begun = BegunOf(checkpoint);
            var goesOn = begun?.File == identity;
            var state = new ImportState(
                checkpoint, Path.Combine(folder, $"{name}.{identity[..8]}.report.ndjson"),
                goesOn ? begun! : new Checkpoint(0, Guid.NewGuid(), identity))
            {
                LeavesAfter = goesOn ? 0 : begun?.Done ?? 0,
            };
            state.Save(state.ResumesAfter); // Its id is on disk before a line is sent by it.
            return state;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The folder {folder} cannot be written.");
        }
    }

    /// <summary>Notes a line refused.</summary>
    public void Report(in SourceLine line, Rejection why)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                line = line.Number,
                record = line.Ordinal,
                field = why.Field,
                code = why.Code,
                reason = why.Message,
            });
        lock (_gate)
        {
            _report.Write(text);
            _report.WriteByte((byte)'\n');
        }
    }

    /// <summary>All lines up to this one need not be sent again; what was reported of them is on disk first.</summary>
    public void Save(long done)
    {
        lock (_gate)
        {
            _report.Flush(flushToDisk: true);
            if (_checkpoint is not null)
            {
                OwnersFile.Replace(
                    _checkpoint,
                    SummedJson.With(JsonSerializer.SerializeToUtf8Bytes(new Checkpoint(done, Import, _file))));
            }
        }
    }

    /// <summary>The import is whole: the next one of this file begins anew.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _report.Flush(flushToDisk: true);
            if (_checkpoint is not null && BegunOf(_checkpoint)?.Import == Import)
            {
                File.Delete(_checkpoint);
            }
        }
    }

    public void Dispose() => _report.Dispose();

    /// <summary>Null without a checkpoint that is whole.</summary>
    private static Checkpoint? BegunOf(string? checkpoint)
    {
        try
        {
            return File.Exists(checkpoint)
                && File.ReadAllBytes(checkpoint) is var content && SummedJson.IsWhole(content)
                && JsonSerializer.Deserialize<Checkpoint>(content) is { } begun
                && begun.Import != Guid.Empty
                ? begun
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is reported beyond the checkpoint is decided and reported again.</summary>
    private static void KeepUpTo(string report, long done)
    {
        if (!File.Exists(report))
        {
            return;
        }
        var unnamed = report + ".new";
        File.WriteAllLines(unnamed, File.ReadLines(report).Where(line => RecordOf(line) is { } at && at <= done));
        File.Move(unnamed, report, overwrite: true);
    }

    /// <summary>Null for the torn last line of a crash.</summary>
    private static long? RecordOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("record").GetInt64();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException)
        {
            return null;
        }
    }

    private sealed record Checkpoint(long Done, Guid Import, string? File);
}

/// <summary>Counts what became of lines, and knows from where a cut-off import must go on.</summary>
internal sealed class ImportTally(ImportState state, long done)
{
    private const int SaveEvery = 8_192;

    private readonly DoneLines _done = new(done);
    private long _accepted;
    private long _duplicates;
    private long _rejected;
    private long _superseded;
    private long _undated;

    public ImportSummary Summary => new(
        Interlocked.Read(ref _accepted), Interlocked.Read(ref _duplicates), Interlocked.Read(ref _superseded),
        Interlocked.Read(ref _rejected), _done.AllUpTo)
    {
        Undated = Interlocked.Read(ref _undated),
    };

    public void End(in SourceLine line, in LineResult result)
    {
        if (line.Line is { OccurredOn: null })
        {
            Interlocked.Increment(ref _undated);
        }
        switch (result.Status)
        {
            case LineStatus.Accepted:
                Interlocked.Increment(ref _accepted);
                break;
            case LineStatus.Duplicate:
                Interlocked.Increment(ref _duplicates);
                break;
            case LineStatus.Superseded:
                Interlocked.Increment(ref _superseded);
                break;
            default:
                Interlocked.Increment(ref _rejected);
                state.Report(line, result.Why!);
                break;
        }
        _done.End(line.Ordinal);
        if (_done.Count % SaveEvery == 0)
        {
            state.Save(_done.AllUpTo);
        }
    }
}

/// <summary>What an import did.</summary>
/// <param name="Done">All lines up to this one have ended.</param>
internal readonly record struct ImportSummary(
    long Accepted, long Duplicates, long Superseded, long Rejected, long Done)
{
    /// <summary>Lines that count as of the day of the import, because they gave none.</summary>
    public long Undated { get; init; }
}
