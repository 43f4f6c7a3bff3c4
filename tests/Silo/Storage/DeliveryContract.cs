using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>What every store promises about what is kept beside the log.</summary>
public abstract class DeliveryContract(StorePlace place) : StoreContract(place)
{
    private IDeliveryStore Deliveries => (IDeliveryStore)Store;

    [StoreFact]
    public async Task Rows_are_kept_by_shelf_in_the_order_of_keys_and_over_a_restart()
    {
        Assert.True(await Deliveries.TryWrite([Row("a", "k2", "two"), Row("a", "k1", "one"), Row("b", "k1", "other")]));
        Assert.True(await Deliveries.TryWrite([Row("a", "k1", "one again")]));
        await Restart();
        Assert.Equal(["k1=one again", "k2=two"], await Shown("a", ""));
        Assert.Equal(["k2=two"], await Shown("a", "k1"));
        Assert.Equal(["k1=other"], await Shown("b", ""));
    }

    [StoreFact]
    public async Task A_row_without_a_value_is_gone()
    {
        await Deliveries.TryWrite([Row("a", "k1", "one"), Row("a", "k2", "two")]);
        await Deliveries.TryWrite([new NoteRow("a", "k1", default)]);
        Assert.Equal(["k2=two"], await Shown("a", ""));
    }

    [StoreFact]
    public async Task All_rows_change_or_none_does_when_what_was_demanded_is_not_so()
    {
        await Deliveries.TryWrite([Row("proof", "p", "mine")]);
        Assert.True(await Deliveries.TryWrite([Row("a", "k1", "one")], Row("proof", "p", "mine")));
        Assert.False(await Deliveries.TryWrite(
            [Row("a", "k1", "no"), new NoteRow("proof", "p", default)], Row("proof", "p", "another's")));
        Assert.False(await Deliveries.TryWrite([Row("a", "k2", "no")], Row("proof", "nobody's", "mine")));
        Assert.Equal(["k1=one"], await Shown("a", ""));
        Assert.Equal(["p=mine"], await Shown("proof", ""));
    }

    [StoreFact]
    public async Task Of_many_that_move_a_row_on_from_what_it_was_one_does()
    {
        var none = new NoteRow("place", "p", default);
        foreach (var before in new[] { none, Row("place", "p", "1") })
        {
            var next = before.Value.IsEmpty ? "1" : "2";
            var moved = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
                await Deliveries.TryWrite(
                    [Row("place", "p", next), Row("mover", $"{next}-{n}", "it was me")], before))));
            Assert.Single(moved, kept => kept);
        }
        Assert.Equal(["p=2"], await Shown("place", ""));
        Assert.Equal(2, (await Shown("mover", "")).Count());
    }

    [StoreFact]
    public async Task Every_row_that_is_demanded_must_be_so()
    {
        await Deliveries.TryWrite([Row("a", "k1", "one"), Row("a", "k2", "two")]);
        Assert.False(await Deliveries.TryWrite([Row("b", "k", "no")], Row("a", "k1", "one"), Row("a", "k2", "three")));
        Assert.False(await Deliveries.TryWrite([Row("b", "k", "no")], new NoteRow("a", "k2", default)));
        Assert.True(await Deliveries.TryWrite([Row("b", "k", "yes")], Row("a", "k2", "two"), Row("a", "k1", "one")));
        Assert.Equal(["k=yes"], await Shown("b", ""));
    }

    [StoreFact]
    public async Task A_damaged_row_is_the_stores_fault_and_hides_no_other()
    {
        await Deliveries.TryWrite([Row("delivery", "kela", "{"), Row("delivery", "te", """{"position": 7}""")]);
        await Deliveries.TryWrite([Row("dead-letter", $"te:{7:D19}", "[]")]);
        var places = new DeliveryPlaces(Deliveries);
        Assert.Equal(7, (await places.Find("te"))!.Position);
        await IsTold("delivery/kela", async () => await places.Find("kela"));
        await IsTold("dead-letter/te", async () => await places.DeadLetters("te", after: 0, max: 9));

        static async Task IsTold(string row, Func<Task> read) =>
            Assert.Contains($"The note {row}", (await Assert.ThrowsAsync<StoreFault>(read)).Message);
    }

    private static NoteRow Row(string shelf, string key, string value) =>
        new(shelf, key, System.Text.Encoding.UTF8.GetBytes(value));

    private async Task<IEnumerable<string>> Shown(string shelf, string after) =>
        (await Deliveries.ReadRows(shelf, after, 10))
            .Select(row => $"{row.Key}={System.Text.Encoding.UTF8.GetString(row.Value.Span)}");
}
