using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace OsstOrleans.GraphQL;

/// <summary>
/// A growing UTF-8 buffer for one JSON answer. Values go straight into it; what was written since a remembered
/// position can be taken back. Not thread-safe; reused between answers.
/// </summary>
public sealed class JsonSink : IDisposable
{
    private const int MaxKept = 1 << 20;
    private static readonly SearchValues<char> s_escaped = SearchValues.Create(EscapedCharacters());
    private byte[] _bytes;
    private int _length;

    /// <summary>Starts empty, with room for so many bytes.</summary>
    public JsonSink(int capacity = 4096) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written so far; also a position to <see cref="Truncate"/> to.</summary>
    public int Length => _length;

    /// <summary>The text so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <inheritdoc cref="Written"/>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    /// <summary>Takes back everything after <paramref name="length"/>.</summary>
    public void Truncate(int length) => _length = length;

    /// <summary>Writes JSON text as it is; the caller vouches for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(ReadOnlySpan<byte> json)
    {
        var free = Reserve(json.Length);
        json.CopyTo(free);
        _length += json.Length;
    }

    /// <summary>Writes one byte of JSON text as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw(byte json)
    {
        if (_length == _bytes.Length)
        {
            Grow(1);
        }
        _bytes[_length++] = json;
    }

    /// <summary>The word <c>null</c>.</summary>
    public void Null() => Raw("null"u8);

    /// <summary>The word <c>true</c> or <c>false</c>.</summary>
    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary>A number in its shortest decimal form.</summary>
    public void Number(int value)
    {
        Utf8Formatter.TryFormat(value, Reserve(11), out var written);
        _length += written;
    }

    /// <inheritdoc cref="Number(int)"/>
    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        _length += written;
    }

    /// <inheritdoc cref="Number(int)"/>
    /// <exception cref="ArgumentException">JSON has no infinity and no NaN.</exception>
    public void Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"JSON has no number for {value}.", nameof(value));
        }
        value.TryFormat(Reserve(32), out var written, default, null);
        _length += written;
    }

    /// <summary>A quoted string, escaped as JSON needs and no further.</summary>
    public void Text(ReadOnlySpan<char> value)
    {
        Raw((byte)'"');
        while (true)
        {
            var plain = value.IndexOfAny(s_escaped);
            Transcode(plain < 0 ? value : value[..plain]);
            if (plain < 0)
            {
                break;
            }
            Escape(value[plain]);
            value = value[(plain + 1)..];
        }
        Raw((byte)'"');
    }

    /// <summary>A quoted value whose text needs no escaping: a date, a GUID, a number too large for JSON.</summary>
    public void Quoted<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        Raw((byte)'"');
        Formatted(value, format);
        Raw((byte)'"');
    }

    /// <summary>An unquoted value: any number type.</summary>
    public void Formatted<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        int written;
        for (var room = 64; !value.TryFormat(Reserve(room), out written, format, null); room *= 2)
        {
        }
        _length += written;
    }

    /// <summary>Ends an object or list whose parts each wrote a comma after themselves.</summary>
    public void Close(byte mark)
    {
        if (_bytes[_length - 1] == (byte)',')
        {
            _bytes[_length - 1] = mark;
        }
        else
        {
            Raw(mark);
        }
    }

    /// <summary>Starts again with an empty buffer; a very large one is given back.</summary>
    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > MaxKept)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(4096);
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
        _bytes = [];
        _length = 0;
    }

    private void Transcode(ReadOnlySpan<char> text)
    {
        Utf8.FromUtf16(text, Reserve(checked(text.Length * 3)), out _, out var written);
        _length += written;
    }

    private void Escape(char c)
    {
        switch (c)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            case '\b': Raw("\\b"u8); break;
            case '\f': Raw("\\f"u8); break;
            default:
                Raw("\\u00"u8);
                Formatted((byte)c, "x2");
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }
        return _bytes.AsSpan(_length);
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + size));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    private static string EscapedCharacters() =>
        string.Concat(Enumerable.Range(0, 0x20).Select(c => (char)c)) + "\"\\";
}
