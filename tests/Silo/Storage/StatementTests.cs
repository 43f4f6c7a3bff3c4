using OsstOrleans.Silo.Storage.Sqlite;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>What is bound to a statement is what the file gets.</summary>
public sealed class StatementTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(170)]
    [InlineData(171)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(5_000)]
    public void A_text_is_bound_whole_whatever_it_holds(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(n => n % 7 == 3 ? '\0' : n % 5 == 1 ? 'å' : 'x'));
        using var database = Database.Open(":memory:");
        using var bound = database.PrepareOnce("SELECT ?1, ?1 IS NULL");
        Assert.True(bound.Bind(1, text).Step());
        Assert.Equal((text, 0), (bound.Text(0), bound.Int64(1)));
    }
}
