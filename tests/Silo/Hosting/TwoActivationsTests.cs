using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Hosting;

/// <summary>Two activations of one grain can run by mistake: only one wins, the other reloads (I2).</summary>
public sealed class TwoActivationsTests : Place
{
    [Fact]
    public async Task The_activation_that_lags_behind_reloads_and_decides_again()
    {
        var one = await RegisteredMaija();
        var other = Host(Maija);
        await other.Execute(Ask(Letter));
        await one.Execute(Ask(new CloseMatter(ClosingReason.Other)));
        var late = await other.Execute(Ask(Letter));
        Assert.Equal((ReplyKind.Rejected, RejectionCodes.MatterIsClosed), (late.Kind, late.Rejection!.Code));
        await one.Execute(Ask(new ReopenMatter()));
        Assert.Equal((ReplyKind.Accepted, 5L), Shown(await other.Execute(Ask(Letter))));
        Assert.Equal((ReplyKind.Accepted, 6L), Shown(await one.Execute(Ask(Letter))));
        Assert.Equal(3, (await StateOf(Maija)).Contacts.Letters);
    }

    [Fact]
    public async Task Both_registering_at_once_keep_one_registration_and_one_readable_key()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => Host(Maija)).ToArray();
        var replies = await Task.WhenAll(hosts.Select(h => Task.Run(() => h.Execute(Ask(Register)).AsTask())));
        Assert.All(replies, reply => Assert.Equal((ReplyKind.Accepted, 1L), Shown(reply)));
        foreach (var host in hosts)
        {
            await host.Execute(Ask(Letter with { Note = new PersonalText("Soitettu") }));
        }
        var history = (await Host(Maija).Read(ReadAs(Worker, ReadKind.History))).History!;
        Assert.Equal(5, history.Count);
        Assert.Equal(LastName, ((ClientRegistered)history[0].Event!).LastName.Reveal());
        Assert.All(history.Skip(1), e => Assert.Equal("Soitettu", ((ContactAttempted)e.Event!).Note!.Value.Reveal()));
    }

    [Fact]
    public async Task Commands_of_two_racing_activations_are_all_stored_once()
    {
        await RegisteredMaija();
        var accepted = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(Write)));
        Assert.Equal(accepted.Sum(), (await StateOf(Maija)).Contacts.Letters);
        Assert.Equal(accepted.Sum() + 1, Store.LastPosition);

        async Task<int> Write()
        {
            var (host, stored) = (Host(Maija), 0);
            for (var i = 0; i < 100; i++)
            {
                try
                {
                    stored += (await host.Execute(Ask(Letter))).Kind == ReplyKind.Accepted ? 1 : 0;
                }
                catch (LimitReached limit)
                {
                    Assert.Equal("GRAIN_CONTENDED", limit.Code);
                }
            }
            return stored;
        }
    }

    private static (ReplyKind Kind, long Version) Shown(CommandReply reply) => (reply.Kind, reply.Version);
}
