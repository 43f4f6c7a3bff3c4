using System.Text;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Gateway.Import;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Tests.Import;

/// <summary>A file that is read in parts has the lines of the file that is read as a whole.</summary>
public sealed class FilePartsTests
{
    private const string Csv = "months.csv";
    private const string Head = "\ufeff\"month\";amountCents;reductionPercent;externalId;occurredOn\r\n";
    private const string Row = "2018-01;100;0;\"A;\"\"B\"\"\";\r\n";
    private const string Plain = "month,amountCents,reductionPercent,externalId";

    [Theory]
    [InlineData(Csv, Head + "2018-01;100;0;A;\r\n\r\n" + Row + ";;;;\r\n2018-13;x;0;C;1.2.2018\r\n2018-02;1;20;D;")]
    [InlineData(Csv, Head + "2018-01;1;0;\"A\r\n,B\";\r\n2018-02;1;20;\"D\"x;\r\n" + Row + "2018-03;1;0;E;;;\r\n")]
    [InlineData(Csv, Head + "2018-01;100;0;A\"B;\r\n2018-02;1;20;\"never closed\r\n" + Row)]
    [InlineData(Csv, "sep=,\n" + Plain + "\n2018-01,1,0,\"a;b;c;d;e;f\"\n2018-02,2,0,b")]
    [InlineData(Csv, Plain + "\r2018-01,1,0,a\r2018-02,2,0,b\r")]
    [InlineData(Csv, Plain)]
    [InlineData("months.ndjson", "\ufeff{\"month\":\"2018-01\",\"amountCents\":1}\r\n\n  \n{}\n[1\n\"")]
    [InlineData("months.ndjson", "")]
    public async Task Whatever_its_parts_are(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = await Whole(name, bytes);
        foreach (var size in (int[])[40, 64, 1000])
        {
            foreach (var most in (int[])[1, 2, 250])
            {
                Assert.Equal(whole, await InParts(bytes, name == Csv, size, most));
            }
        }
    }

    [Theory]
    [InlineData("month;amount;externalId\n1;2;3", "COLUMN_UNKNOWN", 2)]
    [InlineData("month;month\n1;2", "COLUMNS_UNNAMED", 1)]
    [InlineData("m\0o\0n\0t\0h\0\n\0", "OTHER_TEXT", 1)]
    public async Task A_file_that_cannot_be_read_says_why_and_where(string text, string code, long at)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var (head, _) = FileParts.HeadOf(bytes, isLast: true);
        var read = await FileParts.Read(
            new FilePart("benefit-months", true, bytes.AsMemory(0, head), bytes.AsMemory(head), 100) { IsLast = true });
        Assert.Equal(new FileFault(code, at), read.Fault);
        Assert.Empty(read.Records);
    }

    [Fact]
    public async Task A_line_that_does_not_end_within_a_part_ends_the_file()
    {
        var read = await FileParts.Read(new FilePart("visits", false, default, new byte[70_000], 250) { Lines = 11 });
        Assert.Equal("OTHER_TEXT", read.Fault!.Code);
        var letters = Enumerable.Repeat((byte)'x', 70_000).ToArray();
        read = await FileParts.Read(new FilePart("visits", false, default, letters, 250) { Lines = 11 });
        Assert.Equal(new FileFault("LINE_ENDLESS", 12), read.Fault);
    }

    [Theory]
    [InlineData("kela-notifications", "notificationId reason urgency")]
    [InlineData("benefit-months", "month amountCents reductionPercent")]
    [InlineData("te-periods", "standing startsOn")]
    [InlineData("visits", "dropInCentreId occurredOn visits")]
    [InlineData("clients", "municipality lastName firstNames birthYear")]
    public void What_lines_of_a_kind_need_follows_from_their_rules(string kind, string needed) => Assert.Equal(
        needed, string.Join(' ', FileParts.Forms.Single(form => form.Kind == kind).Needed));

    /// <summary>The lines as <c>osst import</c> reads them.</summary>
    private static async Task<List<string>> Whole(string name, byte[] bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}{name}");
        await File.WriteAllBytesAsync(path, bytes);
        try
        {
            using var file = ImportFile.Open(path);
            var lines = new List<string>();
            await foreach (var line in file.Lines(ImportKind.BenefitMonths, skip: 0))
            {
                var why = line.Problem ?? line.Line!.Missing();
                lines.Add($"{line.Ordinal} {line.Number} {why?.Code} {why?.Field}"
                    + (why is null ? Encoding.UTF8.GetString(LineJson.Write(line.Line!)) : ""));
            }
            return lines;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<List<string>> InParts(byte[] bytes, bool isCsv, int size, int most)
    {
        var (head, lines) = isCsv ? FileParts.HeadOf(bytes, isLast: true) : (0, 0);
        var (at, told) = (head, new List<string>());
        while (at < bytes.Length)
        {
            var length = Math.Min(size, bytes.Length - at);
            var read = await FileParts.Read(
                new FilePart("benefit-months", isCsv, bytes.AsMemory(0, head), bytes.AsMemory(at, length), most)
                {
                    Records = told.Count,
                    Lines = lines,
                    IsLast = at + length == bytes.Length,
                });
            if (read.Fault is not null)
            {
                // A browser's part is larger than any line may be; these are not.
                return await InParts(bytes, isCsv, size * 2, most);
            }
            told.AddRange(read.Records.Select(line => $"{line.Record} {line.Line} {line.Code} {line.Field}"
                + (line.Json is { } json ? Encoding.UTF8.GetString(json.Span) : "")));
            (at, lines) = (at + read.Bytes, read.Lines);
        }
        return told;
    }
}
