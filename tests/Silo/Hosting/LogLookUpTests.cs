using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>Who was erased is found by the identifier for as long as the lines are kept, and by nothing else.</summary>
public sealed class LogLookUpTests : Place
{
    [Fact]
    public async Task An_erasure_keeps_whom_the_identifier_meant_and_not_the_identifier()
    {
        var host = await RegisteredMaija();
        var identifier = Register.TemporaryIdentifier!.Value.Reveal()!;
        Assert.Empty(await LookUps.Find(identifier));
        await host.Execute(Ask(new EraseClient(ErasureReason.Ordered), In(Role.Coordinator, Tampere)));
        Assert.Equal([Maija.Key], await LookUps.Find(identifier.ToLowerInvariant()));
        Assert.Empty(await LookUps.Find(identifier + "1"));
        var row = Assert.Single(await ((INotes)Store).ReadRows("log-look-up", "", 10));
        Assert.DoesNotContain(identifier, row.Key, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_ends_with_the_lines()
    {
        var kept = Time.GetUtcNow();
        await LookUps.Keep(Maija, new PersonalText("T-1"), kept);
        Assert.Equal(0, await LogLookUps.End((INotes)Store, kept, default));
        Assert.Equal(1, await LogLookUps.End((INotes)Store, kept.AddMilliseconds(1), default));
        Assert.Empty(await LookUps.Find("T-1"));
    }

    private LogLookUps LookUps => new(Store, Services.MasterKey);
}
