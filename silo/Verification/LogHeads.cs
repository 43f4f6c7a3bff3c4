using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>
/// Exports where the chains of the logs about clients stand, outside the database: once an hour and at the end of the
/// process, into a file beside the keys and into the process's own log, from where operators take it elsewhere. What
/// was cut off a log behind its last exported head cannot be found (docs/decisions/0042).
/// </summary>
internal sealed partial class LogHeads : IAsyncDisposable
{
    /// <summary>The file's name in the folder of the keys.</summary>
    public const string FileName = "log-heads";

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly IEventStore _store;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Dictionary<Guid, long> _exported = [];
    private readonly Lock _gate = new();
    private readonly ITimer _timer;

    /// <param name="store">Whose chains.</param>
    /// <param name="folder">Where the keys are.</param>
    /// <param name="time">By which hours pass.</param>
    /// <param name="log">The process's log.</param>
    public LogHeads(IEventStore store, string folder, TimeProvider time, ILogger log)
    {
        (_store, _path, _time, _log) = (store, Path.Combine(folder, FileName), time, log);
        _timer = time.CreateTimer(_ => Export(), null, Every, Every);
    }

    /// <summary>The heads in a file, none where there is no file, and the numbers of lines that are no heads: cut off,
    /// or somebody's doing.</summary>
    public static (IReadOnlyList<ChainHead> Heads, IReadOnlyList<int> NoHeads) Read(string path)
    {
        var (heads, others) = (new List<ChainHead>(), new List<int>());
        foreach (var (at, line) in (File.Exists(path) ? File.ReadLines(path) : []).Index())
        {
            if (HeadIn(line) is { } head)
            {
                heads.Add(head);
            }
            else
            {
                others.Add(at + 1);
            }
        }
        return (heads, others);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Export();
    }

    /// <summary>Writes the heads that moved.</summary>
    private void Export()
    {
        lock (_gate)
        {
            var moved = _store.LogHeads.Where(head => _exported.GetValueOrDefault(head.Writer) != head.Number).ToList();
            if (moved.Count == 0)
            {
                return;
            }
            var isWritten = TryWrite(_path, moved, _time.GetUtcNow(), _log);
            foreach (var head in moved)
            {
                if (isWritten)
                {
                    _exported[head.Writer] = head.Number;
                }
                Stands(_log, head.Log, head.Writer, head.Number, Convert.ToHexStringLower(head.Seal.Span));
            }
        }
    }

    /// <summary>Exports where chains stand that end here.</summary>
    /// <param name="heads">The chains.</param>
    /// <param name="folder">Where the keys are.</param>
    /// <param name="time">The clock.</param>
    /// <returns>False when the file could not be written.</returns>
    public static bool Export(IReadOnlyList<ChainHead> heads, string folder, TimeProvider time) =>
        heads.Count == 0
        || TryWrite(Path.Combine(folder, FileName), heads, time.GetUtcNow(), NullLogger.Instance);

    /// <summary>False when the file could not be written: the next export tries again.</summary>
    private static bool TryWrite(string path, IReadOnlyList<ChainHead> heads, DateTimeOffset now, ILogger log)
    {
        var lines = heads.Select(head => string.Create(
            CultureInfo.InvariantCulture,
            $"{now:O} {head.Log} {head.Writer:N} {head.Number} {Convert.ToHexStringLower(head.Seal.Span)}"));
        try
        {
            // Alone, so that two processes with one folder of keys write one after the other; behind a line that a full
            // disk or a kill cut off.
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var isCut = file.Length > 0 && file.Seek(-1, SeekOrigin.End) >= 0 && file.ReadByte() != '\n';
            file.Seek(0, SeekOrigin.End);
            file.Write(Encoding.ASCII.GetBytes($"{(isCut ? "\n" : "")}{string.Join('\n', lines)}\n"));
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotWritten(log, path); // The process's own log has them all the same.
            return false;
        }
    }

    private static ChainHead? HeadIn(string line) =>
        line.Split(' ') is [_, var log, var writer, var number, var seal] && LogChain.Logs.Contains(log)
        && Guid.TryParseExact(writer, "N", out var id)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && seal.Length == 2 * RowSeals.SealBytes && seal.All(char.IsAsciiHexDigitLower)
            ? new ChainHead(log, id, at, Convert.FromHexString(seal))
            : null;

    [LoggerMessage(
        LogLevel.Information, "The chain {Writer} of the {Kind} log stands at line {Number}, with seal {Seal}.")]
    private static partial void Stands(ILogger log, string Kind, Guid Writer, long Number, string Seal);

    [LoggerMessage(LogLevel.Warning, "The heads of the logs about clients could not be written to {Path}.")]
    private static partial void NotWritten(ILogger log, string Path);
}
