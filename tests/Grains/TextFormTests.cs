using System.Security.Cryptography;
using System.Text;

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
    [InlineData("e\u0302\u0323", "ệ")]
    [InlineData("\u212a1", "K1")]
    [InlineData("\u212bngström", "Ångström")]
    [InlineData("\u2126", "Ω")]
    [InlineData("\u1112\u1161\u11ab", "한")]
    [InlineData("\ud834\udd5e", "\ud834\udd57\ud834\udd65")]
    [InlineData("\u0438\u0306", "й")]
    [InlineData("q\u0308", "q\u0308")]
    [InlineData("\u0308a", "\u0308a")]
    [InlineData("Väinö", "Väinö")]
    public void Letters_that_come_apart_are_composed(string apart, string composed) =>
        Assert.Equal(composed, TextForm.Of(apart));

    /// <summary>The sums are of what another implementation makes of the same texts (Unicode 14, Python 3).</summary>
    [Fact]
    public void Every_character_and_every_order_of_marks_has_the_normal_form_that_Unicode_says()
    {
        using var each = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var letter = 0; letter <= 0x10ffff; letter++)
        {
            if (Rune.IsValid(letter))
            {
                Add(each, Composition.Compose(new Rune(letter).ToString()));
            }
        }
        Assert.Equal(
            "9cc65524a9d8082bf10840c616cd199bd2ac12ee49a3381bd6fb7957711f342b",
            Convert.ToHexStringLower(each.GetHashAndReset()));
        int[] letters =
        [
            .. Range(0x41, 0x17f), .. Range(0x300, 0x36f), .. Range(0x5b0, 0x5c7), .. Range(0x915, 0x93c),
            .. Range(0x9be, 0x9d7), .. Range(0x1100, 0x1112), .. Range(0x1161, 0x1175), .. Range(0x11a7, 0x11c2),
            .. Range(0xac00, 0xac20), .. Range(0x1e00, 0x1eff), .. Range(0x212a, 0x212b), .. Range(0x1d15e, 0x1d164),
        ];
        var state = 20261128UL;
        for (var n = 0; n < 20_000; n++)
        {
            var text = new StringBuilder();
            for (var i = 0; i < 12; i++)
            {
                state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
                text.Append(new Rune(letters[(state >> 33) % (ulong)letters.Length]));
            }
            var composed = Composition.Compose(text.ToString());
            Assert.Equal(composed, Composition.Compose(composed));
            Add(each, composed);
        }
        Assert.Equal(
            "6d0ae0e028faeff2145b465f1d1884defff77552bfc7ef21f8a47f3ed0d299aa",
            Convert.ToHexStringLower(each.GetHashAndReset()));

        static void Add(IncrementalHash sum, string text) => sum.AppendData(Encoding.UTF8.GetBytes($"{text}\n"));

        static IEnumerable<int> Range(int first, int last) => Enumerable.Range(first, last - first + 1);
    }

    [Fact]
    public void A_text_of_marks_alone_is_put_into_its_form_in_bounded_time()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0301\u0323", 200_000));
        var form = TextForm.Of("a" + marks);
        Assert.StartsWith("ạ\u0323", form, StringComparison.Ordinal);
        Assert.Equal(400_000, form.Length);
    }

    [Fact]
    public void A_line_has_no_half_of_a_character() => Assert.False(TextForm.IsOneLine("Lah\ud800tinen"));

    [Theory]
    [InlineData("K 1001")]
    [InlineData("K\u00a01001")]
    [InlineData("K\u202f1001")]
    [InlineData("\u2003K\u30001001 ")]
    public void Blanks_within_an_identifier_are_one_kind(string text) =>
        Assert.Equal("K 1001", TextForm.OfIdentifier(text));

    [Theory]
    [InlineData("K\u200d1")]
    [InlineData("K\u200c1")]
    [InlineData("K\ufe0f1")]
    [InlineData("K\u20281")]
    public void An_identifier_has_no_character_that_is_drawn_as_nothing(string text) =>
        Assert.False(TextForm.IsIdentifier(text));

    [Theory]
    [InlineData("Lah\0tinen")]
    [InlineData("Lah\u2800tinen")]
    [InlineData("Lah\u3164tinen")]
    [InlineData("Lah\ufe0ftinen")]
    [InlineData("Lah\u034ftinen")]
    [InlineData("Lah\u115ftinen")]
    [InlineData("Lah\uffa0tinen")]
    [InlineData("Lah\U000e0100tinen")]
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
