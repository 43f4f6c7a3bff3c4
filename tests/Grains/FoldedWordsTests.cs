namespace OsstOrleans.Grains.Tests;

/// <summary>Names are searched as people type them.</summary>
public sealed class FoldedWordsTests
{
    [Theory]
    [InlineData("Mäkelä", "makela")]
    [InlineData("ÅSTRÖM", "astrom")]
    [InlineData("Ma\u0308kela\u0308", "makela")]
    [InlineData("Virtanen-Korhonen", "virtanen korhonen")]
    [InlineData("  von   Essen ", "von essen")]
    [InlineData("D'Angelo O’Brien", "dangelo obrien")]
    [InlineData("Łukasz Đorđević", "lukasz dordevic")]
    [InlineData("Straße Sørensen Æsir", "strasse sorensen aesir")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("Иванов", "иванов")]
    [InlineData("- '", "")]
    public void A_name_is_its_small_letters_without_marks_in_words(string name, string words) =>
        Assert.Equal(words, string.Join(' ', FoldedWords.Of(name)));

    [Fact]
    public void A_double_name_is_also_one_word() =>
        Assert.Equal(["anna", "maija", "annamaija"], FoldedWords.OfName("Anna-Maija"));

    [Fact]
    public void Nothing_has_no_words() => Assert.Empty(FoldedWords.OfName(null));
}
