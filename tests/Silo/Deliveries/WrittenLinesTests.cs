using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Deliveries;

/// <summary>An event leaves after a line that says by what it leaves.</summary>
public sealed class WrittenLinesTests
{
    private static readonly DisclosureLine Line = new(
        Maija, Tampere, "client.registered, coded, by the client's permission of 2018-03-01", "records", "Records",
        "osst", "care", "the client's permission", 7, DateTimeOffset.UnixEpoch);

    [Fact]
    public void The_lines_of_an_event_are_written_again_when_it_may_leave_by_another_basis()
    {
        var lines = new WrittenLines();
        Assert.False(lines.Have(Event(Line)));
        lines.Take(Event(Line));
        Assert.True(lines.Have(Event(Line with { At = DateTimeOffset.UnixEpoch.AddDays(1) })));
        Assert.False(lines.Have(Event(Line with { Position = 8 })));
        foreach (var other in new[]
        {
            Line with { What = "client.registered, coded, demanded by law in spite of what the client says" },
            Line with { LegalBasis = "a law 1 §" },
        })
        {
            Assert.False(lines.Have(Event(other)));
        }
        lines.Take(Event(Line with { LegalBasis = "a law 1 §" }));
        Assert.False(lines.Have(Event(Line)));
        lines.Forget();
        Assert.False(lines.Have(Event(Line with { LegalBasis = "a law 1 §" })));
    }

    private static OutgoingEvent Event(DisclosureLine line) =>
        new("e", "client.registered", line.Position, DateTimeOffset.UnixEpoch, default, [line]);
}
