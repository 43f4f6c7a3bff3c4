using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>Up to where an image has seen the log: the last event's position, its command, and when it was recorded.
/// </summary>
internal readonly record struct ImagePlace(long Position, Guid CommandId, DateTimeOffset RecordedAt);

/// <summary>
/// The projections as a file: a start reads it and folds only what came after. Disposable: whatever is wrong with it
/// (another build, another log, a damaged byte), the log is folded from its beginning.
/// </summary>
internal sealed class ProjectionImage(string path)
{
    public const string FileName = "projections.image";

    private const long Mark = 0x3247_4D49_5453_534F; // "OSSTIMG2"

    /// <summary>Which code folded it: the rules of the rows are the grains', those of the editions are here.</summary>
    private static readonly (Guid Grains, Guid Silo) Build =
        (typeof(MunicipalityCaseload).Module.ModuleVersionId, typeof(Releases).Module.ModuleVersionId);

    /// <summary>
    /// Writes the projections as they are; they must not change meanwhile. The file gets its name when it is whole.
    /// </summary>
    /// <exception cref="IOException">The disk does not take it; an older image stands.</exception>
    public void Write(ImagePlace place, KnownGrains directory, Caseloads caseloads)
    {
        var unnamed = path + ".new";
        using (var file = new FileStream(unnamed, OwnersFile.ToWrite(FileMode.Create)))
        {
            var image = Image.ToWrite();
            var all = caseloads.All;
            var count = all.Count;
            Header(image, ref place, ref count, out _);
            directory.Imprint(image);
            caseloads.ImprintReleases(image);
            caseloads.Programmes.Imprint(image);
            WriteSection(file, image);
            foreach (var caseload in all)
            {
                image.Clear();
                var (code, state) = (caseload.Code, StoredJson.Write(caseload.Municipality, null, default).Coded);
                image.Name(ref code);
                Bytes(image, ref state);
                caseload.Imprint(image);
                WriteSection(file, image);
            }
            for (var book = 0; book < OutcomeBooks.Count; book++)
            {
                image.Clear();
                caseloads.Outcomes.Imprint(book, image);
                WriteSection(file, image);
            }
            file.Flush(flushToDisk: true);
        }
        File.Move(unnamed, path, overwrite: true);
    }

    /// <summary>
    /// Reads the projections; they stay as they were when the image is of no use. Null then, else the image's place.
    /// </summary>
    /// <param name="isOfThisLog">Whether the log has that command at that position.</param>
    public async Task<ImagePlace?> Read(
        KnownGrains directory, Caseloads caseloads, Func<ImagePlace, Task<bool>> isOfThisLog)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }
            using var file = File.OpenRead(path);
            var image = NextSection(file).Open(file.SafeFileHandle);
            var (place, count) = (default(ImagePlace), 0);
            Header(image, ref place, ref count, out var isOurs);
            if (!isOurs || !await isOfThisLog(place))
            {
                return null;
            }
            var rest = Rest(file);
            if (rest.Count != count + OutcomeBooks.Count)
            {
                return null;
            }
            var read = rest[..count].AsParallel()
                .Select(section => CaseloadOf(section.Open(file.SafeFileHandle))).ToList();
            var books = rest[count..].AsParallel().AsOrdered()
                .Select(section => BookOf(section.Open(file.SafeFileHandle))).ToList();
            directory.Imprint(image);
            caseloads.ImprintReleases(image);
            caseloads.Programmes.Imprint(image);
            caseloads.Take(read);
            caseloads.Outcomes.Take(books);
            return place;
        }
        catch (Exception fault) when (
            fault is IOException or InvalidDataException or UnauthorizedAccessException or AggregateException)
        {
            return null;
        }
    }

    /// <summary>False when a byte of the image in a folder is not as it was written.</summary>
    public static bool IsWhole(string folder)
    {
        try
        {
            var path = Path.Combine(folder, FileName);
            if (File.Exists(path))
            {
                using var file = File.OpenRead(path);
                foreach (var section in Rest(file))
                {
                    section.Open(file.SafeFileHandle);
                }
            }
            return true;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return false;
        }
    }

    private static MunicipalityCaseload CaseloadOf(Image image)
    {
        var (code, state) = ("", Array.Empty<byte>());
        image.Name(ref code);
        Bytes(image, ref state);
        var municipality = (MunicipalityState)StoredJson.Read(typeof(MunicipalityState), state, default, null, default);
        var caseload = new MunicipalityCaseload(code, municipality);
        caseload.Imprint(image);
        return caseload;
    }

    private static OutcomeBook BookOf(Image image)
    {
        var book = new OutcomeBook();
        book.Imprint(image);
        return book;
    }

    private static void Header(Image image, ref ImagePlace place, ref int caseloads, out bool isOurs)
    {
        var (mark, build) = (Mark, Build);
        image.Value(ref mark);
        image.Value(ref build);
        image.Value(ref place);
        image.Value(ref caseloads);
        isOurs = mark == Mark && build == Build;
    }

    internal static void Bytes(Image image, ref byte[] bytes)
    {
        var length = bytes.Length;
        image.Value(ref length);
        image.Column(ref bytes, length);
    }

    private static void WriteSection(FileStream file, Image image)
    {
        var bytes = image.Written.Span;
        file.Write(BitConverter.GetBytes(bytes.Length));
        file.Write(SHA256.HashData(bytes));
        file.Write(bytes);
    }

    /// <summary>Where the rest is: it is long, so it is read only where the header fits, and by all processors.
    /// </summary>
    private static List<Section> Rest(FileStream file)
    {
        var sections = new List<Section>();
        while (file.Position < file.Length)
        {
            sections.Add(NextSection(file));
        }
        return sections;
    }

    private static Section NextSection(FileStream file)
    {
        Span<byte> head = stackalloc byte[sizeof(int) + SHA256.HashSizeInBytes];
        file.ReadExactly(head);
        var length = BitConverter.ToInt32(head);
        if (length < 0 || length > file.Length - file.Position)
        {
            throw new InvalidDataException("The image is cut short.");
        }
        var section = new Section(file.Position, length, head[sizeof(int)..].ToArray());
        file.Seek(length, SeekOrigin.Current);
        return section;
    }

    /// <summary>A part of the file, and what its hash should be.</summary>
    private readonly record struct Section(long At, int Length, byte[] Hash)
    {
        public Image Open(SafeFileHandle file)
        {
            var bytes = GC.AllocateUninitializedArray<byte>(Length);
            for (var read = 0; read < Length;)
            {
                var more = RandomAccess.Read(file, bytes.AsSpan(read), At + read);
                read += more > 0 ? more : throw new InvalidDataException("The image is cut short.");
            }
            return SHA256.HashData(bytes).AsSpan().SequenceEqual(Hash)
                ? Image.ToRead(bytes)
                : throw new InvalidDataException("The image is damaged.");
        }
    }
}
