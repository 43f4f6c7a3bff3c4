using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace OsstOrleans.Grains.Rows;

/// <summary>
/// A caseload's memory as bytes: values in an order, written and read by the same code, so that the two cannot drift
/// apart. Only the machine and the build that made it can use it.
/// </summary>
public sealed class Image
{
    private const int Missing = -1;

    private byte[] _bytes;
    private int _at;

    private Image(byte[] bytes, bool reads) => (_bytes, Reads) = (bytes, reads);

    /// <summary>True while values are taken out, false while they are put in.</summary>
    public bool Reads { get; }

    /// <summary>What was put in.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Reads ? 0 : _at);

    public static Image ToWrite() => new(new byte[64 * 1024], reads: false);

    public static Image ToRead(byte[] bytes) => new(bytes, reads: true);

    /// <summary>Begins anew, in the same memory.</summary>
    public void Clear() => _at = 0;

    [MethodImpl(StartPath.Optimized)]
    public void Value<T>(ref T value)
        where T : unmanaged => Span(MemoryMarshal.CreateSpan(ref value, 1));

    /// <summary>The first <paramref name="count"/> elements of a column; read into one of just that length.</summary>
    public void Column<T>(ref T[] column, int count)
        where T : unmanaged
    {
        column = Reads ? new T[count] : column;
        Span(column.AsSpan(0, count));
    }

    [MethodImpl(StartPath.Optimized)]
    public void Text(ref string? text)
    {
        var length = text is null ? Missing : Encoding.UTF8.GetByteCount(text);
        Value(ref length);
        if (length == Missing)
        {
            text = null;
            return;
        }
        var bytes = Take(length);
        if (Reads)
        {
            text = Encoding.UTF8.GetString(bytes);
        }
        else
        {
            Encoding.UTF8.GetBytes(text, bytes);
        }
    }

    /// <summary>A text that is always there.</summary>
    public void Name(ref string text)
    {
        string? name = text;
        Text(ref name);
        text = name ?? throw new InvalidDataException("The image lacks a name.");
    }

    /// <summary>A short list; each element is handed over to be written, or empty to be filled.</summary>
    public void List<T>(ref ImmutableArray<T> list, Func<Image, T, T> element)
        where T : struct
    {
        var count = list.IsDefault ? 0 : list.Length;
        Value(ref count);
        if (count == 0)
        {
            list = [];
            return;
        }
        if (!Reads)
        {
            foreach (var written in list)
            {
                element(this, written);
            }
            return;
        }
        // No element is shorter than a byte: a damaged count asks for no more memory than the image has.
        var read = ImmutableArray.CreateBuilder<T>(Math.Min(count, _bytes.Length));
        for (var i = 0; i < count; i++)
        {
            read.Add(element(this, default));
        }
        list = read.DrainToImmutable();
    }

    /// <summary>The entries of a dictionary; each is handed over to be written, or empty to be filled.</summary>
    public void Entries<TKey, TValue>(Dictionary<TKey, TValue> entries, Entry<TKey, TValue> entry)
        where TKey : notnull
    {
        var count = entries.Count;
        Value(ref count);
        if (!Reads)
        {
            foreach (var (key, value) in entries)
            {
                var (k, v) = (key, value);
                entry(this, ref k, ref v);
            }
            return;
        }
        entries.EnsureCapacity(Math.Min(count, _bytes.Length));
        for (var i = 0; i < count; i++)
        {
            TKey key = default!;
            TValue value = default!;
            entry(this, ref key, ref value);
            entries.Add(key, value);
        }
    }

    [MethodImpl(StartPath.Optimized)]
    private void Span<T>(Span<T> values)
        where T : unmanaged
    {
        var memory = MemoryMarshal.AsBytes(values);
        var bytes = Take(memory.Length);
        if (Reads)
        {
            bytes.CopyTo(memory);
        }
        else
        {
            memory.CopyTo(bytes);
        }
    }

    [MethodImpl(StartPath.Optimized)]
    private Span<byte> Take(int length)
    {
        if (Reads && (length < 0 || length > _bytes.Length - _at))
        {
            throw new InvalidDataException("The image ends too early.");
        }
        if (_at + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_at + length, _bytes.Length * 2));
        }
        _at += length;
        return _bytes.AsSpan(_at - length, length);
    }
}

/// <summary>Writes or reads one entry of a dictionary.</summary>
public delegate void Entry<TKey, TValue>(Image image, ref TKey key, ref TValue value);
