using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>What every store promises about keys, the use log, and odd or large data.</summary>
public abstract class KeepingContract(StorePlace place) : StoreContract(place)
{
    [StoreFact]
    public async Task The_first_key_of_a_stream_stays()
    {
        await Store.Append(Keyed(0, [1, 2, 3]));
        await Store.Append(Keyed(1, [4, 5, 6]));
        await Restart();
        Assert.Equal([1, 2, 3], (await Store.Load(Someone)).WrappedKey.ToArray());
        Assert.True((await Store.Load(GrainName.Client("other"))).WrappedKey.IsEmpty);
    }

    [StoreFact]
    public async Task A_key_whose_append_conflicts_is_not_kept()
    {
        await Store.Append(Keyed(7, [1, 2, 3]));
        Assert.True((await Store.Load(Someone)).WrappedKey.IsEmpty);
    }

    [StoreFact]
    public async Task Each_matter_keeps_its_first_key_beside_the_clients_own()
    {
        await Store.Append(Keyed(0, [9], consent: [8]));
        await Store.Append(OfMatter(1, 1, [1]));
        await Store.Append(OfMatter(2, 10, [2]));
        Assert.Equal(AppendResult.Conflict, (await Store.Append(OfMatter(2, 11, [3]))).Result);
        await Store.Append(OfMatter(3, 1, [4]));
        await Store.Append(Keyed(0, [7], stream: GrainName.Client($"{Someone.Key}-matter-1")));
        await Restart();
        var tail = await Store.Load(Someone, afterVersion: 4);
        Assert.Equal(["1 01", "10 02"], KeysIn(tail));
        Assert.Equal((9, 8), (tail.WrappedKey.Span[0], tail.ConsentKey.Span[0]));
        Assert.Empty((await Store.Load(GrainName.Client("other"))).MatterKeys);
    }

    [StoreFact]
    public async Task Lines_of_the_use_log_are_durable_when_answered()
    {
        var line = new UseLine(Someone, "837", "social-worker/s-1", "follow-up", "client", DateTimeOffset.UnixEpoch);
        await Store.LogAccess([line, line with { What = "history" }]);
        await Restart();
        Assert.Equal(
            ["client/c-1 837 social-worker/s-1 follow-up client", "client/c-1 837 social-worker/s-1 follow-up history"],
            await Place.AccessLines());
    }

    [StoreFact]
    public async Task Any_letters_and_large_data_come_back_unchanged()
    {
        var words = string.Concat(Enumerable.Repeat("Äiti Ωmega 漢字 🏔\0\u001f'\";--", 40_000));
        var request = Append(Someone, 0, null, new NewEvent("test.Ää", Event(words).Data, new byte[3_000_000]));
        await Store.Append(request);
        await Restart();
        var stored = Assert.Single((await Store.Load(Someone)).Events);
        Assert.Equal(("test.Ää", words), (stored.Type, Words(stored)));
        Assert.Equal(3_000_000, stored.Personal.Length);
    }

    [StoreFact]
    public async Task An_empty_store_answers_with_nothing()
    {
        Assert.Equal(0, Store.LastPosition);
        Assert.Empty(await Store.ReadFeed(0, 10));
        Assert.Empty((await Store.Load(Someone)).Events);
        Assert.Null(await Store.FindOutcome(Someone, Guid.Empty));
        await Restart();
        Assert.Equal(0, Store.LastPosition);
    }

    [StoreFact]
    public async Task What_is_kept_by_consent_is_kept_once_and_comes_back()
    {
        await Store.Append(Consenting(0, [1, 2, 3]));
        Assert.True(await Store.AddByConsent(Kept([1, 2, 3], [7], "a visit")));
        Assert.True(await Store.AddByConsent(Kept([1, 2, 3], [7], "the same")));
        Assert.True(await Store.AddByConsent(Kept([1, 2, 3], [8], "another")));
        await Restart();
        var tail = await Store.Load(Someone);
        Assert.Equal([1, 2, 3], tail.ConsentKey.ToArray());
        Assert.Equal(["a visit", "another"], KeptIn(tail));
        Assert.Equal(["a visit", "another"], KeptIn(await Store.Load(Someone, afterVersion: 1)));
        Assert.Empty((await Store.Load(GrainName.Client("other"))).Kept);
    }

    [StoreFact]
    public async Task With_the_consent_everything_kept_is_gone_and_nothing_more_is_taken()
    {
        await Store.Append(Consenting(0, [1, 2, 3]));
        await Store.AddByConsent(Kept([1, 2, 3], [7], "a visit"));
        await Store.Append(Erasing(1, Erasure.Consent));
        Assert.False(await Store.AddByConsent(Kept([1, 2, 3], [8], "late")));
        var tail = await Store.Load(Someone);
        Assert.True(tail.ConsentKey.IsEmpty);
        Assert.Empty(tail.Kept);
        Assert.False(tail.WrappedKey.IsEmpty);
    }

    [StoreFact]
    public async Task A_retried_withdrawal_leaves_a_later_consent_alone()
    {
        await Store.Append(Consenting(0, [1, 2, 3]));
        var withdrawal = Erasing(1, Erasure.Consent);
        await Store.Append(withdrawal);
        await Store.Append(Consenting(2, [4, 5, 6]));
        await Store.AddByConsent(Kept([4, 5, 6], [7], "a visit"));
        Assert.Equal(AppendResult.Duplicate, (await Store.Append(withdrawal)).Result);
        Assert.Equal(AppendResult.Conflict, (await Store.Append(Erasing(1, Erasure.Consent))).Result);
        Assert.Equal(["a visit"], KeptIn(await Store.Load(Someone)));
    }

    [StoreFact]
    public async Task A_consent_without_a_key_gets_one_unless_the_stream_has_moved_on()
    {
        await Store.Append(One(Someone, 0));
        Assert.False(await Store.AddByConsent(Kept([1, 2, 3], [7], "no key")));
        Assert.False(await Store.AddByConsent(Kept([1, 2, 3], [7], "too late") with { NewKeyAtVersion = 0 }));
        Assert.True(await Store.AddByConsent(Kept([1, 2, 3], [7], "a visit") with { NewKeyAtVersion = 1 }));
        Assert.False(await Store.AddByConsent(Kept([9], [8], "another key") with { NewKeyAtVersion = 1 }));
        Assert.Equal(["a visit"], KeptIn(await Store.Load(Someone)));
    }

    [StoreFact]
    public async Task With_the_person_the_keys_go_and_the_events_stay()
    {
        await Store.Append(Consenting(0, [1, 2, 3]));
        await Store.AddByConsent(Kept([1, 2, 3], [7], "a visit"));
        await Store.Append(OfMatter(1, 1, [1]));
        await Store.Append(Erasing(2, Erasure.Person));
        await Restart();
        var tail = await Store.Load(Someone);
        Assert.True(tail.WrappedKey.IsEmpty && tail.ConsentKey.IsEmpty && tail.Kept.Count == 0);
        Assert.Empty(tail.MatterKeys);
        Assert.Equal(3, tail.Events.Count);
    }

    [StoreFact]
    public async Task With_matters_their_keys_go_and_all_others_stay_and_a_retry_ends_no_later_one()
    {
        await Store.Append(Keyed(0, [9], consent: [8]));
        await Store.AddByConsent(Kept([8], [7], "a visit"));
        foreach (var matter in new[] { 1, 2, 3 })
        {
            await Store.Append(OfMatter(matter, matter, [(byte)matter]));
        }
        var ending = Ending(4, through: 2);
        await Store.Append(ending);
        await Store.Append(OfMatter(5, 2, [2]));
        Assert.Equal(AppendResult.Duplicate, (await Store.Append(ending)).Result);
        Assert.Equal(AppendResult.Conflict, (await Store.Append(Ending(4, through: 3))).Result);
        await Restart();
        var tail = await Store.Load(Someone);
        Assert.Equal(["2 02", "3 03"], KeysIn(tail));
        Assert.Equal((9, 8), (tail.WrappedKey.Span[0], tail.ConsentKey.Span[0]));
        Assert.Equal(["a visit"], KeptIn(tail));
    }

    [StoreFact]
    public async Task With_a_consent_to_words_of_the_log_its_key_goes_and_all_others_stay()
    {
        await Store.Append(Keyed(0, [9], consent: [8]));
        await Store.Append(OfMatter(1, 1, [1]));
        await Store.Append(OfMatter(2, 1_001, [2]));
        await Store.Append(OfMatter(3, 1_002, [3]));
        await Store.Append(EndingSealing(4, consent: 1));
        await Restart();
        var tail = await Store.Load(Someone);
        Assert.Equal(["1 01", "1002 03"], KeysIn(tail));
        Assert.Equal((9, 8), (tail.WrappedKey.Span[0], tail.ConsentKey.Span[0]));
    }

    private static IEnumerable<string> KeysIn(StreamTail tail) => tail.MatterKeys
        .OrderBy(key => key.Matter).Select(key => $"{key.Matter} {Convert.ToHexString(key.Wrapped.Span)}");

    private static ConsentEntry Kept(byte[] key, byte[] mark, string words) =>
        new(Someone, key, mark, System.Text.Encoding.UTF8.GetBytes(words));

    private static IEnumerable<string> KeptIn(StreamTail tail) =>
        tail.Kept.Select(kept => System.Text.Encoding.UTF8.GetString(kept.Span)).Order(StringComparer.Ordinal);

    private static AppendRequest Consenting(long expected, byte[] key) => Keyed(expected, [9], key);
}
