using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Endings;

/// <summary>
/// The list of what ended for good, outside the database: a database that was put back to an earlier day has lost it,
/// and every start ends it again (docs/decisions/0048). It only grows, a line at a time. Each line has a seal over the
/// line before, under a key that follows from the master key, and beside the list stands how many lines it has: a list
/// in which a line was changed, put in or taken away stops a start.
/// </summary>
/// <param name="path">The file. Processes that name the same one write one after the other.</param>
/// <param name="master">The installation's key.</param>
public sealed class EndingsList(string path, MasterKey master)
{
    /// <summary>The file's name in a data folder.</summary>
    public const string FileName = "endings";

    private const int SealBytes = 16;
    private const int SealDigits = 2 * SealBytes;
    private const byte EndOfLine = (byte)'\n';

    /// <summary>In this process they write in the order of coming: who polls for the file beside hundreds of others may
    /// never get it.</summary>
    private static readonly SemaphoreSlim s_turn = new(1);

    private readonly byte[] _key = master.DeriveKey("list of endings");

    /// <summary>What was read of the file, as long as no other process adds to it.</summary>
    private Content _known = Content.Nothing;

    private string CountPath => path + ".count";

    /// <summary>The list of revoked tokens, beside this one: unlike the rest they come to an end.</summary>
    public EndingsList OfRevocations() => new($"{path}.revoked", master);

    /// <summary>All that is listed, the earliest first; what a crash left of a line was never acknowledged.</summary>
    /// <exception cref="StoreRefusal">The list cannot be read, or is not whole.</exception>
    public IReadOnlyList<Ending> Read()
    {
        try
        {
            var least = CountedList.CountIn(CountPath); // First: a line that comes between the two is one more than it.
            return Parse(File.Exists(path) ? File.ReadAllBytes(path) : [], least).Endings;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The list of endings {path} cannot be read.");
        }
    }

    /// <summary>Lists what ended, once; durable when this completes.</summary>
    /// <exception cref="StoreFault">It cannot be written; passing, unless the list is damaged.</exception>
    public async Task Add(Ending ending)
    {
        await s_turn.WaitAsync();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using var alone = await CountedList.Turn(path + ".lock");
            await using var file = new FileStream(path, OwnersFile.ToChange(FileShare.Read));
            if (!IsKnown(file))
            {
                var bytes = new byte[file.Length];
                await file.ReadExactlyAsync(bytes);
                _known = Parse(bytes, CountedList.CountIn(CountPath));
            }
            if (!_known.Names.Contains(ending.Name))
            {
                await Append(file, ending);
            }
            else if (CountedList.CountIn(CountPath) < _known.Endings.Count)
            {
                WriteCount(); // A process died between the line and its count.
            }
        }
        catch (StoreRefusal damaged)
        {
            throw new StoreFault(damaged.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreFault("What ended cannot be listed now; ask again with the same command id.", fault)
            {
                IsPassing = true,
            };
        }
        finally
        {
            s_turn.Release();
        }
    }

    /// <summary>Writes the list anew without the lines that mean nothing any more.</summary>
    /// <exception cref="StoreRefusal">The list is not whole.</exception>
    /// <exception cref="IOException">The disk does not take it; the list is as it was.</exception>
    public async Task Forget(Func<Ending, bool> hasEnded)
    {
        await using var alone = await CountedList.Turn(path + ".lock");
        var (bytes, seal) = (new List<byte>(), Array.Empty<byte>());
        Ending[] kept = [.. Read().Where(ending => !hasEnded(ending))];
        foreach (var ending in kept)
        {
            bytes.AddRange(LineOf(ending, ref seal));
        }
        CountedList.WriteCount(CountPath, kept.Length); // First: a list that is longer than it must be is whole.
        OwnersFile.Replace(path, [.. bytes]);
        _known = Content.Nothing;
    }

    private async Task Append(FileStream file, Ending ending)
    {
        var seal = _known.Seal;
        var line = LineOf(ending, ref seal);
        // Cut off first what a crash left of a line: behind it nothing would be a line.
        file.SetLength(_known.Length);
        file.Seek(0, SeekOrigin.End);
        await file.WriteAsync(line);
        await file.FlushAsync();
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        _known.Endings.Add(ending);
        _known.Names.Add(ending.Name);
        _known = _known with { Seal = seal, LastLine = _known.Length, Length = _known.Length + line.Length };
        WriteCount();
    }

    private void WriteCount() => CountedList.WriteCount(CountPath, _known.Endings.Count);

    /// <summary>
    /// Another process may have added lines, or written the list anew with as many bytes: the last seal is over all.
    /// </summary>
    private bool IsKnown(FileStream file)
    {
        Span<byte> seal = stackalloc byte[SealDigits];
        return _known.Length > 0 && file.Length == _known.Length
            && RandomAccess.Read(file.SafeFileHandle, seal, _known.LastLine) == SealDigits
            && seal.SequenceEqual(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(_known.Seal)));
    }

    private byte[] LineOf(Ending ending, ref byte[] seal)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(ending, JsonSerializerOptions.Web);
        seal = SealOf(seal, json);
        return [.. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(seal)), (byte)' ', .. json, EndOfLine];
    }

    private Content Parse(byte[] bytes, int least)
    {
        var content = new Content([], [], [], 0, Array.LastIndexOf(bytes, EndOfLine) + 1);
        var from = 0;
        while (from < content.Length)
        {
            var line = bytes.AsSpan(from..Array.IndexOf(bytes, EndOfLine, from));
            if (Parse(line, content.Seal) is not var (ending, seal))
            {
                throw new StoreRefusal(
                    $"Line {content.Endings.Count + 1} of the list of endings {path} is damaged, or of another key.");
            }
            content.Endings.Add(ending);
            content.Names.Add(ending.Name);
            content = content with { Seal = seal, LastLine = from };
            from += line.Length + 1;
        }
        return content.Endings.Count >= least ? content : throw new StoreRefusal(
            $"The list of endings {path} was cut: it had {least} lines, and has {content.Endings.Count}.");
    }

    private (Ending Ending, byte[] Seal)? Parse(ReadOnlySpan<byte> line, byte[] before)
    {
        if (line.Length <= SealDigits + 1 || line[SealDigits] != ' ')
        {
            return null;
        }
        var json = line[(SealDigits + 1)..];
        var seal = SealOf(before, json);
        return line[..SealDigits].SequenceEqual(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(seal)))
            ? (JsonSerializer.Deserialize<Ending>(json, JsonSerializerOptions.Web)!, seal)
            : null;
    }

    private byte[] SealOf(byte[] before, ReadOnlySpan<byte> json) =>
        HMACSHA256.HashData(_key, (byte[])[.. before, .. json])[..SealBytes];

    /// <param name="Endings">The lines.</param>
    /// <param name="Names">What is listed.</param>
    /// <param name="Seal">The last line's; empty for none.</param>
    /// <param name="LastLine">Where the last line begins.</param>
    /// <param name="Length">Bytes up to the end of the last line.</param>
    private sealed record Content(
        List<Ending> Endings, HashSet<string> Names, byte[] Seal, long LastLine, long Length)
    {
        public static Content Nothing => new([], [], [], 0, 0);
    }
}
