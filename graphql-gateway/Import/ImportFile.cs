using System.Security.Cryptography;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Import;

/// <summary>A file to import, opened once and read from its beginning to its end.</summary>
internal sealed class ImportFile : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly FileStream _stream;
    private readonly bool _isCsv;

    private ImportFile(FileStream stream, bool isCsv) => (_stream, _isCsv) = (stream, isCsv);

    /// <summary>Its length in bytes.</summary>
    public long Length => _stream.Length;

    /// <summary>How much of it has been read.</summary>
    public long Position => _stream.Position;

    /// <summary>Opens a file: <c>.csv</c> by its name, anything else is NDJSON.</summary>
    /// <exception cref="StoreRefusal">There is none, or it cannot be read.</exception>
    public static ImportFile Open(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
            if (!stream.CanSeek)
            {
                stream.Dispose();
                throw new StoreRefusal(
                    $"{path} is no file: an import reads it twice, and once more after a crash. Give it a file.");
            }
            if (IsOtherText(stream))
            {
                stream.Dispose();
                throw new StoreRefusal(
                    $"{path} is not in UTF-8, but in UTF-16 or no text at all; a spreadsheet saves it as 'CSV UTF-8'.");
            }
            return new ImportFile(stream, Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StoreRefusal($"The file {path} cannot be read.");
        }
    }

    /// <summary>Each letter of UTF-16 has a zero beside it, and so has what is no text; UTF-8 has none.</summary>
    private static bool IsOtherText(FileStream stream)
    {
        Span<byte> start = stackalloc byte[256];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return start[..read].Contains((byte)0);
    }

    /// <summary>What distinguishes this content from any other: a resume must not take one file for another.</summary>
    public async Task<string> Fingerprint(CancellationToken stop)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(_stream, stop));
        _stream.Position = 0;
        return hash;
    }

    /// <summary>The lines after the first <paramref name="skip"/>.</summary>
    /// <exception cref="StoreRefusal">The file as a whole cannot be read.</exception>
    public async IAsyncEnumerable<SourceLine> Lines(ImportKind kind, long skip)
    {
        if (_isCsv)
        {
            using var csv = new CsvLines(kind, _stream);
            foreach (var line in csv.Read(skip))
            {
                yield return line;
            }
            yield break;
        }
        await foreach (var line in NdjsonLines.Read(kind, _stream, skip))
        {
            yield return line;
        }
    }

    public void Dispose() => _stream.Dispose();
}
