using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// Courses at rest: bytes one after the other, found by the hash of the client. Questions are answered from sums, so a
/// course is only taken out when something happens to its client; a start reads the bytes and no course.
/// </summary>
internal sealed class PackedCourses
{
    private Guid[] _clients = [];
    private int[] _starts = [0];
    private byte[] _bytes = [];

    public int Count => _clients.Length;

    /// <summary>All of them.</summary>
    public IEnumerable<(Guid Client, Course Course)> All => _clients.Select((client, place) =>
        (client, Read(_bytes.AsSpan(_starts[place].._starts[place + 1]))));

    /// <summary>The course of a client; null for one who is not here.</summary>
    public Course? Find(Guid client)
    {
        var place = Array.BinarySearch(_clients, client);
        return place < 0 ? null : Read(_bytes.AsSpan(_starts[place].._starts[place + 1]));
    }

    /// <summary>These courses, and those of others that are not among them.</summary>
    public void Take(Dictionary<Guid, Course> courses)
    {
        var clients = courses.Keys.Union(_clients).ToArray();
        Array.Sort(clients);
        var starts = new int[clients.Length + 1];
        var bytes = new MemoryStream(_bytes.Length);
        for (var i = 0; i < clients.Length; i++)
        {
            if (courses.TryGetValue(clients[i], out var course))
            {
                Write(course, bytes);
            }
            else
            {
                var place = Array.BinarySearch(_clients, clients[i]);
                bytes.Write(_bytes.AsSpan(_starts[place].._starts[place + 1]));
            }
            starts[i + 1] = checked((int)bytes.Length);
        }
        (_clients, _starts, _bytes) = (clients, starts, bytes.ToArray());
    }

    public void Imprint(Image image)
    {
        var (count, length) = (_clients.Length, _bytes.Length);
        image.Value(ref count);
        image.Value(ref length);
        image.Column(ref _clients, count);
        image.Column(ref _starts, count + 1);
        image.Column(ref _bytes, length);
    }

    private static void Write(Course course, MemoryStream bytes)
    {
        var months = course.Months.Blocks;
        var head = new Head(course.Months.FirstBlock, months.Length, course.BirthYear, course.Merged);
        bytes.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Head>(in head)));
        bytes.Write(MemoryMarshal.AsBytes(months.AsSpan()));
        bytes.Write(MemoryMarshal.AsBytes(course.Marks.AsSpan()));
    }

    private static Course Read(ReadOnlySpan<byte> bytes)
    {
        var head = MemoryMarshal.Read<Head>(bytes);
        var marks = Unsafe.SizeOf<Head>() + (head.Blocks * sizeof(ulong));
        return new Course
        {
            BirthYear = head.BirthYear,
            Merged = head.Merged,
            Months = new LongMonths(head.FirstBlock, ImmutableArray.Create(
                MemoryMarshal.Cast<byte, ulong>(bytes[Unsafe.SizeOf<Head>()..marks]))),
            Marks = ImmutableArray.Create(MemoryMarshal.Cast<byte, CourseMark>(bytes[marks..])),
        };
    }

    private readonly record struct Head(int FirstBlock, int Blocks, int BirthYear, bool Merged);
}
