using System.Text;
using OsstOrleans.Gateway.Import;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Tests.Import;

/// <summary>Files as spreadsheets make them.</summary>
public sealed class CsvLinesTests
{
    private const string Head =
        "externalId;municipality;lastName;firstNames;birthYear;temporaryIdentifier;synthetic;occurredOn";

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("True", true)]
    [InlineData("TOSI", true)]
    [InlineData("SANT", true)]
    [InlineData(" true\u00a0", true)]
    [InlineData("FALSE", false)]
    [InlineData("EPÄTOSI", false)]
    [InlineData("epätosi", false)]
    [InlineData("FALSKT", false)]
    [InlineData("", null)]
    [Trait("case", "09")]
    public void Truth_is_read_in_the_languages_of_the_country(string cell, bool? truth) =>
        Assert.Equal(truth, Client(Assert.Single(Read(Row("XB1", synthetic: cell)))).Synthetic);

    [Theory]
    [InlineData("kyllä")]
    [InlineData("1")]
    [InlineData("TRUE!")]
    [Trait("case", "09")]
    public void Other_words_are_refused_with_what_the_field_takes(string cell)
    {
        var problem = Assert.Single(Read(Row("XB1", synthetic: cell))).Problem!;
        Assert.Equal(("synthetic", ImportCodes.FieldUnreadable), (problem.Field, problem.Code));
        Assert.Equal("This field takes true or false.", problem.Message);
    }

    [Theory]
    [InlineData("2018-03-01", "2018-03-01")]
    [InlineData("1.3.2018", "2018-03-01")]
    [InlineData("01.03.2018", "2018-03-01")]
    [InlineData("", null)]
    public void A_day_is_read_as_the_country_writes_it(string cell, string? day) => Assert.Equal(
        day is null ? null : DateOnly.Parse(day), Client(Assert.Single(Read(Row("XD1", on: cell)))).OccurredOn);

    [Theory]
    [InlineData("3/1/2018")]
    [InlineData("31.2.2018")]
    [InlineData("43160")]
    public void What_is_no_day_or_more_than_one_is_refused(string cell) =>
        Assert.Equal("occurredOn", Assert.Single(Read(Row("XD1", on: cell))).Problem!.Field);

    [Theory]
    [InlineData(";;;;;;;")]
    [InlineData(";;;")]
    [InlineData(";;;;;;;;;;")]
    [InlineData("\u00a0;;; ;;;;")]
    [InlineData("\"\";\"\";;;;;;")]
    [InlineData("   ")]
    [InlineData("")]
    [Trait("case", "10")]
    public void A_row_without_any_value_is_no_line(string blank)
    {
        var lines = Read(blank, Row("ER1"), blank, blank, Row("ER2"), blank, blank, "");
        Assert.Equal(["ER1", "ER2"], lines.Select(line => Client(line).ExternalId));
        Assert.Equal([1, 2], lines.Select(line => line.Ordinal));
        Assert.Equal([3, 6], lines.Select(line => line.Number));
    }

    [Fact]
    public void Columns_without_a_name_and_without_values_are_no_columns()
    {
        var lines = Lines($"{Head};;\r\n{Row("EC1")};;\r\n{Row("EC2")}; ; x\r\n{Row("EC3")}\r\n");
        Assert.Equal("EC1", Client(lines[0]).ExternalId);
        Assert.Equal(ImportCodes.ColumnCount, lines[1].Problem!.Code);
        Assert.Equal("EC3", Client(lines[2]).ExternalId);
    }

    [Theory]
    [InlineData("Ä-1001")]
    [InlineData("Ä-1001 ")]
    [InlineData("\u00a0Ä-1001")]
    [InlineData("A\u0308-1001")]
    [InlineData("\"\tÄ-1001\r\n\"")]
    [Trait("case", "07")]
    public void An_identifier_is_the_same_with_blanks_around_it_and_letters_apart(string written) =>
        Assert.Equal("Ä-1001", Client(Assert.Single(Read(Row(written)))).ExternalId);

    [Fact]
    public void A_byte_order_mark_is_no_content() =>
        Assert.Equal("BM1", Client(Assert.Single(Lines($"\ufeff{Head}\r\n{Row("BM1")}"))).ExternalId);

    private static string Row(string id, string synthetic = "true", string on = "2018-03-01") =>
        $"{id};837;Synteettinen;Aino;1980;T-1;{synthetic};{on}";

    private static ClientLine Client(SourceLine line)
    {
        Assert.True(line.Problem is null, line.Problem?.Message);
        return (ClientLine)line.Line!;
    }

    private static IReadOnlyList<SourceLine> Read(params string[] rows) =>
        Lines(string.Join("\r\n", rows.Prepend(Head)));

    private static IReadOnlyList<SourceLine> Lines(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var csv = new CsvLines(ImportKind.Clients, file);
        return [.. csv.Read(skip: 0)];
    }
}
