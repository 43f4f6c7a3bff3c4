using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Import;

/// <summary>
/// Lines of a CSV file (RFC 4180) whose first line names the columns as fields are named in JSON. Comma, semicolon or
/// tab, found by itself; UTF-8 with or without a byte order mark. An empty cell is an absent field, and a row of such
/// cells no line: spreadsheets write them below and beside what was typed.
/// </summary>
internal sealed class CsvLines : IDisposable
{
    private readonly CsvReader _reader;
    private readonly ImportKind _kind;
    private readonly (string Name, Type Type)[] _columns;
    private readonly ArrayBufferWriter<byte> _json = new();
    private CsvMalformedReason? _malformed;

    /// <param name="kind">What the lines are.</param>
    /// <param name="file">The file, or its first line and a part of it.</param>
    /// <param name="separator">What stands between cells; null where the reader finds it.</param>
    /// <exception cref="FileRefusal">The first line names no columns of this kind.</exception>
    public CsvLines(ImportKind kind, Stream file, char? separator = null)
    {
        _kind = kind;
        _reader = CsvReader.Create(file, CsvReaderOptions.Default with
        {
            Separator = separator,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            MaxRecordSize = SourceLine.MostBytes,
            MalformedData = CsvMalformedDataHandling.Recover,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            OnMalformedRecord = record => _malformed = record.Reason,
        }, leaveOpen: true);
        try
        {
            _columns = Columns(kind);
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <param name="skip">So many lines are passed over unread.</param>
    /// <exception cref="FileRefusal">A quoted cell that does not end makes the rest unreadable.</exception>
    public IEnumerable<SourceLine> Read(long skip)
    {
        for (var ordinal = 1L; Next(); ordinal++)
        {
            if (ordinal > skip)
            {
                yield return LineOf(ordinal);
            }
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>The reader found the row that it read last malformed.</summary>
    private bool IsMalformed => _malformed is not null;

    /// <summary>Goes to the next row that holds something.</summary>
    private bool Next()
    {
        try
        {
            do
            {
                _malformed = null;
                if (!_reader.Read())
                {
                    return false;
                }
            }
            while (!IsMalformed && IsBlankFrom(0));
            return true;
        }
        catch (CsvFormatException fault)
        {
            throw new FileRefusal(
                FileRefusal.LineEndless, fault.LineNumber,
                $"The file cannot be read from line {fault.LineNumber} on: a cell or line there does not end within "
                + $"{SourceLine.MostBytes} bytes; what came before it was imported.");
        }
    }

    private bool IsBlankFrom(int column)
    {
        for (; column < _reader.FieldCount; column++)
        {
            if (!CsvCell.Trimmed(_reader.GetSpan(column)).IsEmpty)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>No column name of the file is repeated: without a first line of names these would be personal data.
    /// </summary>
    private (string Name, Type Type)[] Columns(ImportKind kind)
    {
        var known = LineJson.FieldsOf(kind);
        var names = _reader.Headers.Select(name => name.Trim()).ToArray();
        names = names[..(Array.FindLastIndex(names, name => name.Length > 0) + 1)];
        if (Array.FindIndex(names, name => !known.ContainsKey(name)) is >= 0 and var odd)
        {
            throw new FileRefusal(
                FileRefusal.ColumnUnknown, odd + 1,
                $"Column {odd + 1} of the first line is no column of {ImportKinds.NameOf(kind)}; there are: "
                + $"{string.Join(", ", known.Keys)}.");
        }
        if (names.Distinct().Count() < names.Length || names.Length == 0)
        {
            throw new FileRefusal(
                FileRefusal.ColumnsUnnamed, 1, "The first line must name the columns, each once.");
        }
        return [.. names.Select(name => (name, known[name]))];
    }

    private SourceLine LineOf(long ordinal)
    {
        var number = _reader.LineNumber;
        if (IsMalformed)
        {
            return new SourceLine(ordinal, number, null, SourceLine.Unusable(
                ImportCodes.LineUnreadable, "A quoted cell is not closed, or has text after its closing quote."));
        }
        if (_reader.FieldCount < _columns.Length || !IsBlankFrom(_columns.Length))
        {
            return new SourceLine(ordinal, number, null, SourceLine.Unusable(
                ImportCodes.ColumnCount, $"The line has {_reader.FieldCount} cells; the file has {_columns.Length}."));
        }
        for (var i = 0; i < _columns.Length; i++)
        {
            if (!Utf8.IsValid(_reader.GetSpan(i)))
            {
                return new SourceLine(ordinal, number, null, NdjsonLines.NotUtf8);
            }
        }
        var (line, problem) = LineJson.Read(_kind, Json());
        return new SourceLine(ordinal, number, line, problem);
    }

    /// <summary>The line as the JSON object of the other form of file: read by the same rules.</summary>
    private ReadOnlySpan<byte> Json()
    {
        _json.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_json);
        json.WriteStartObject();
        for (var i = 0; i < _columns.Length; i++)
        {
            if (CsvCell.Trimmed(_reader.GetSpan(i)) is { IsEmpty: false } cell)
            {
                json.WritePropertyName(_columns[i].Name);
                CsvCell.Write(json, cell, _columns[i].Name, _columns[i].Type);
            }
        }
        json.WriteEndObject();
        json.Flush();
        return _json.WrittenSpan;
    }
}
