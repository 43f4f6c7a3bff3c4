using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>What every store promises about what is kept beside the log, claims and the disclosure log.</summary>
public abstract class DeliveryContract(StorePlace place) : StoreContract(place)
{
    private IDeliveryStore Deliveries => (IDeliveryStore)Store;

    [StoreFact]
    public async Task Rows_are_kept_by_shelf_in_the_order_of_keys_and_over_a_restart()
    {
        Assert.True(await Deliveries.Keep([Row("a", "k2", "two"), Row("a", "k1", "one"), Row("b", "k1", "other")]));
        Assert.True(await Deliveries.Keep([Row("a", "k1", "one again")]));
        await Restart();
        Assert.Equal(["k1=one again", "k2=two"], await Shown("a", ""));
        Assert.Equal(["k2=two"], await Shown("a", "k1"));
        Assert.Equal(["k1=other"], await Shown("b", ""));
    }

    [StoreFact]
    public async Task A_row_without_a_value_is_gone()
    {
        await Deliveries.Keep([Row("a", "k1", "one"), Row("a", "k2", "two")]);
        await Deliveries.Keep([new KeptRow("a", "k1", default)]);
        Assert.Equal(["k2=two"], await Shown("a", ""));
    }

    [StoreFact]
    public async Task All_rows_change_or_none_does_when_what_was_demanded_is_not_so()
    {
        await Deliveries.Keep([Row("proof", "p", "mine")]);
        Assert.True(await Deliveries.Keep([Row("a", "k1", "one")], Row("proof", "p", "mine")));
        Assert.False(await Deliveries.Keep(
            [Row("a", "k1", "no"), new KeptRow("proof", "p", default)], Row("proof", "p", "another's")));
        Assert.False(await Deliveries.Keep([Row("a", "k2", "no")], Row("proof", "nobody's", "mine")));
        Assert.Equal(["k1=one"], await Shown("a", ""));
        Assert.Equal(["p=mine"], await Shown("proof", ""));
    }

    [StoreFact]
    public async Task A_claim_has_one_holder_and_passes_on_when_it_ends()
    {
        var first = await Deliveries.TryClaim("deliveries");
        Assert.NotNull(first);
        Assert.True(await first.IsHeld());
        Assert.Null(await Deliveries.TryClaim("deliveries"));
        Assert.True(await Deliveries.Keep([Row("a", "k", "under the claim")], first.Proof));
        await first.DisposeAsync();
        await using var second = await Deliveries.TryClaim("deliveries");
        Assert.NotNull(second);
        Assert.True(await Deliveries.Keep([Row("a", "k", "under the next")], second.Proof));
    }

    private static KeptRow Row(string shelf, string key, string value) =>
        new(shelf, key, System.Text.Encoding.UTF8.GetBytes(value));

    private async Task<IEnumerable<string>> Shown(string shelf, string after) =>
        (await Deliveries.Kept(shelf, after, 10))
            .Select(row => $"{row.Key}={System.Text.Encoding.UTF8.GetString(row.Value.Span)}");
}
