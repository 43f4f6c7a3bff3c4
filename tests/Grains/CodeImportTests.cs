using System.Text;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>An imported list joins the register; what it says holds for the days it says.</summary>
public sealed class CodeImportTests
{
    /// <summary>Made-up codes: the official ones are not known.</summary>
    private const string Goals = """
        {"system": "1.2.246.537.6.1292", "name": "Asiakkuuden tavoitteet", "complete": false, "placeholder": false,
         "source": "a test", "codes": [
           {"code": "1", "display": {"fi": "Pääluokka"}},
           {"code": "11", "display": {"fi": "Vanha", "en": "Old"}, "parent": "1", "validTo": "2018-06-30"},
           {"code": "12", "display": {"fi": "Uusi"}, "parent": "1", "validFrom": "2018-07-01"}]}
        """;

    private static readonly CodedValue Old = new(CodeSystems.Goals, "11");
    private static readonly CodedValue New = new(CodeSystems.Goals, "12");

    [Fact]
    public void An_imported_code_is_taken_for_the_days_on_which_it_was_in_use()
    {
        Assert.Null(Refused(Old, "2018-06-30"));
        Assert.Equal((RejectionCodes.CodeNotInUse, "goals[0].code"), Refused(Old, "2018-07-01"));
        Assert.Equal((RejectionCodes.CodeNotInUse, "goals[0].code"), Refused(New, "2018-06-30"));
        Assert.Null(Refused(New, "2018-07-01"));
        Assert.Equal((RejectionCodes.GoalNotLeaf, "goals[0].code"), Refused(Old with { Code = "1" }, "2018-06-30"));
        Assert.Null(Refused(Subsistence, "2018-06-30"));
        GivenClient(Assessed).When("2018-06-30", Planning with { Goals = [new(Old)] })
            .ThenRefused(RejectionCodes.UnknownCode, "goals[0].code");
    }

    [Fact]
    public void What_was_stored_keeps_its_system_and_a_list_replaces_the_one_of_its_name()
    {
        var register = With(Goals);
        Assert.Equal("Vanha", register.Line(Old)!.Display.Fi);
        Assert.Equal(CodeSystems.All.Count + 1, register.All.Count);
        Assert.NotNull(register.Line(Subsistence));
        var renamed = register.With([Read(Goals.Replace("Uusi", "Toinen nimi"), register)]);
        Assert.Equal("Toinen nimi", renamed.Line(New)!.Display.Fi);
    }

    [Theory]
    [InlineData("\"codes\"", "\"kodes\"", "no code system")]
    [InlineData("\"12\"", "\"11\"", "twice")]
    [InlineData("\"parent\": \"1\", \"validTo\"", "\"parent\": \"9\", \"validTo\"", "main class")]
    [InlineData("\"placeholder\": false", "\"placeholder\": true", "placeholder")]
    [InlineData("\"source\": \"a test\"", "\"source\": \"\"", "where the list comes from")]
    [InlineData("\"fi\": \"Uusi\"", "\"fi\": \" \"", "no Finnish name")]
    [InlineData("2018-06-30", "juhannus", "no code system")]
    [InlineData("\"validTo\":", "\"validFrom\": \"2019-01-01\", \"validTo\":", "last day")]
    public void A_file_that_is_no_code_system_is_refused_in_a_sentence(string what, string instead, string why)
    {
        var (system, fault) = CodeFile.Read(Utf8(Goals.Replace(what, instead)), CodeRegister.BuiltIn);
        Assert.Null(system);
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_ends_but_never_disappears()
    {
        var shorter = Goals.Replace(
            "{\"code\": \"12\", \"display\": {\"fi\": \"Uusi\"}, \"parent\": \"1\", \"validFrom\": \"2018-07-01\"}]",
            "{\"code\": \"13\", \"display\": {\"fi\": \"Muu\"}}]");
        var (_, fault) = CodeFile.Read(Utf8(shorter), With(Goals));
        Assert.Contains("12", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_kept_as_it_was_read()
    {
        var system = Read(Goals, CodeRegister.BuiltIn);
        var again = CodeFile.Read(new MemoryStream(CodeFile.Write(system)), CodeRegister.BuiltIn).System!;
        Assert.Equal(Wire.Write(system), Wire.Write(again));
    }

    private static CodeSystem Read(string text, CodeRegister known)
    {
        var (system, fault) = CodeFile.Read(Utf8(text), known);
        Assert.Null(fault);
        return system!;
    }

    private static CodeRegister With(string text) => CodeRegister.BuiltIn.With([Read(text, CodeRegister.BuiltIn)]);

    private static (string Code, string Field)? Refused(CodedValue goal, string day)
    {
        var plan = Planning with { Goals = [new(goal)] };
        var moment = At(day) with { Codes = With(Goals) };
        return ClientDecider.Decide(GivenClient(Assessed).State, plan, moment).Rejection is { } refused
            ? (refused.Code, refused.Field)
            : null;
    }

    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));
}
