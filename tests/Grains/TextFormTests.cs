namespace OsstOrleans.Grains.Tests;

/// <summary>What looks the same is the same, and what does not show is in no name.</summary>
public sealed class TextFormTests
{
    [Theory]
    [InlineData("K-1001")]
    [InlineData("K-1001 ")]
    [InlineData("\tK-1001\r\n")]
    [InlineData("\u00a0K-1001")]
    [InlineData("K-1001\u2007\u202f")]
    [InlineData("\u3000K-1001\u2003")]
    public void Blanks_at_the_ends_of_a_text_mean_nothing(string text) => Assert.Equal("K-1001", TextForm.Of(text));

    [Theory]
    [InlineData("Ma\u0308kinen", "Mäkinen")]
    [InlineData("A\u030angstro\u0308m", "Ångström")]
    [InlineData("S\u030cemeikka", "Šemeikka")]
    [InlineData("e\u0323\u0302", "ệ")]
    [InlineData("\u0438\u0306", "й")]
    [InlineData("q\u0308", "q\u0308")]
    [InlineData("\u0308a", "\u0308a")]
    [InlineData("Väinö", "Väinö")]
    public void Letters_that_come_apart_are_composed(string apart, string composed) =>
        Assert.Equal(composed, TextForm.Of(apart));

    [Theory]
    [InlineData("Lah\0tinen")]
    [InlineData("Lah\r\ntinen")]
    [InlineData("Lah\ttinen")]
    [InlineData("Lah\u0085tinen")]
    [InlineData("Lah\u007ftinen")]
    [InlineData("Lah\u2028tinen")]
    [InlineData("Lah\u2029tinen")]
    [InlineData("x \u202e y")]
    [InlineData("x \u2066 y")]
    [InlineData("x \u200e y")]
    [InlineData("x \u061c y")]
    [InlineData("Lah\u200btinen")]
    [InlineData("Lah\ufefftinen")]
    [InlineData("Lah\u00adtinen")]
    [InlineData("Lah\U000e0041tinen")]
    public void A_line_has_no_character_that_does_not_show(string text) => Assert.False(TextForm.IsOneLine(text));

    [Theory]
    [InlineData("von und zu Ääkkönen-Öst, Å. (O'Hara)")]
    [InlineData("\u067e\u0627\u0631\u0633\u200c\u0628\u0627\u0631")]
    [InlineData("q\u0308")]
    [InlineData("Aino\u00a0Maria")]
    public void Names_of_all_scripts_are_lines(string text) => Assert.True(TextForm.IsOneLine(text));

    [Theory]
    [InlineData("first\r\nsecond\n\tthird", true)]
    [InlineData("bell \a", false)]
    [InlineData("end \0", false)]
    [InlineData("escape \u001b[31m", false)]
    [InlineData("next line \u0085", false)]
    public void Words_may_have_lines_and_tabs_and_no_other_control_character(string text, bool may) =>
        Assert.Equal(may, TextForm.IsWords(text));
}
