using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains;

namespace OsstOrleans.Gateway.Tests;

/// <summary>Global ids: stable, readable by nobody, made by nobody else.</summary>
public sealed class GlobalIdTests
{
    private static readonly GlobalIds Ids = new(new byte[32]);

    public static TheoryData<GrainName> Grains =>
    [
        GrainName.Client("a"), GrainName.Client(new string('z', 64)), GrainName.Municipality("837"),
        GrainName.DropInCentre("tupa-1"), GrainName.Programme("osst"),
    ];

    [Theory]
    [MemberData(nameof(Grains))]
    public void A_grains_id_is_always_the_same_and_leads_back_to_it(GrainName grain)
    {
        var id = Ids.Of(grain);
        Assert.Equal(id, new GlobalIds(new byte[32]).Of(grain));
        Assert.Equal(grain, Ids.GrainOf(id));
        Assert.Equal(grain.Key, Ids.KeyOf(grain.Kind, id));
        Assert.False(GrainName.IsValidKey(id));
    }

    [Fact]
    public void An_id_shows_neither_kind_nor_key_nor_how_long_the_key_is()
    {
        string[] ids =
        [
            Ids.Of(GrainName.Client("837")), Ids.Of(GrainName.Municipality("837")), Ids.Of(GrainName.Client("838")),
            Ids.Of(GrainName.Client("a-client-with-a-much-longer-id")),
        ];
        Assert.Single(ids.Select(id => id.Length).Distinct());
        foreach (var (one, other) in ids.SelectMany((one, i) => ids.Skip(i + 1).Select(other => (one, other))))
        {
            // Random characters agree at about one place in 64.
            Assert.True(one.Skip(1).Zip(other.Skip(1)).Count(pair => pair.First == pair.Second) < 12, one + other);
        }
    }

    [Fact]
    public void An_id_that_was_changed_or_comes_from_another_store_is_nobodys()
    {
        var id = Ids.Of(GrainName.Client("maija"));
        for (var i = 0; i < id.Length; i++)
        {
            var changed = id[..i] + (id[i] == 'A' ? 'B' : 'A') + id[(i + 1)..];
            Assert.Null(Ids.GrainOf(changed));
        }
        Assert.Null(new GlobalIds([.. Enumerable.Repeat((byte)1, 32)]).GrainOf(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("G====")]
    [InlineData("Gåäö")]
    [InlineData("maija")]
    [InlineData("GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Any_other_text_is_no_global_id_and_stays_as_it_is(string text)
    {
        Assert.Null(Ids.GrainOf(text));
        Assert.Equal(text, Ids.KeyOf(GrainKind.Client, text));
    }

    [Fact]
    public void An_id_of_another_kind_is_no_key()
    {
        var id = Ids.Of(GrainName.Municipality("837"));
        Assert.Equal(id, Ids.KeyOf(GrainKind.Client, id));
    }
}
