using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Search;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Search;

/// <summary>A client is found by what people know of the client, by those who may know that there is one.</summary>
public sealed class ClientSearchTests : SiloPlace
{
    private static readonly GrainName Aino = GrainName.Client("aino");

    private static readonly Standing Liisa = new(Tampere, "liisa");

    [Fact]
    public async Task A_client_is_found_by_beginnings_of_names_in_any_order_and_by_the_identifier()
    {
        await Send(Maija, Register);
        await Send(Aino, Named("Mäkelä", "Aino Maija", "T-2"));
        await Known("korh", Maija);
        await Known("makela", Aino);
        Assert.Equal([Maija.Key], await Found("KORHONEN-ESI"));
        Assert.Equal([Maija.Key], await Found("esimerkki maija"));
        Assert.Equal([Aino.Key], await Found("makela"));
        Assert.Equal([Aino.Key], await Found("mai mäk"));
        Assert.Equal([Maija.Key, Aino.Key], await Found("maija"));
        Assert.Empty(await Found("korhonenesimerkkinen"));
        Assert.Empty(await Found("maija", Raisio));
        Assert.Equal([Aino.Key], Keys(await Search.ByIdentifier(Of(Tampere), " t-2")));
        Assert.Empty(Keys(await Search.ByIdentifier(Of(Raisio), "T-2")));
        var one = await Search.ByName(Of(Tampere) with { Max = 1 }, "maija");
        Assert.Equal([Maija.Key], Keys(one));
        Assert.True(one.HasMore);
        Assert.Equal(
            ("Mäkelä", "Aino Maija", 1984),
            (await Search.ByName(Of(Tampere), "mäkelä")).Clients.Select(client => (
                client.LastName.Reveal(), client.FirstNames.Reveal(), client.BirthYear)).Single());
    }

    [Theory]
    [InlineData("ma", false)]
    [InlineData("m a i", false)]
    [InlineData("Åke", true)]
    [InlineData("Li A", true)]
    [InlineData("- -- '", false)]
    [InlineData("aa bb cc dd ee ff gg hh ii jj kk ll mm", false)]
    public void A_search_needs_three_letters_and_no_more_than_twelve_words(string name, bool isEnough) =>
        Assert.Equal(isEnough, ClientSearch.IsEnough(name));

    [Fact]
    public async Task Whom_the_caller_may_not_open_only_exists_and_only_when_named_as_a_whole()
    {
        await Send(Maija, Register);
        await Send(Aino, Named("Mäkelä", "Aino", "T-2"));
        await Send(Aino, new AssignWorker("liisa", OwnWorker: true));
        await Known("korh", Maija);
        await Known("makela", Aino, Of(Tampere, Liisa));
        foreach (var beginning in (string[])["kor", "korhonen", "maija", "korhonen esimerkki", "korhonen maij"])
        {
            var found = await Search.ByName(Of(Tampere, Liisa), beginning);
            Assert.Empty(found.Clients);
            Assert.False(found.OthersExist);
            Assert.False(found.HasMore);
        }
        foreach (var whole in (string[])["korhonen maija", "Maija Korhonen-Esimerkki"])
        {
            var found = await Search.ByName(Of(Tampere, Liisa), whole);
            Assert.Empty(found.Clients);
            Assert.Equal([Maija.Key], found.Others);
        }
        Assert.True((await Search.ByIdentifier(Of(Tampere, Liisa), "T-1")).OthersExist);
        Assert.False((await Search.ByIdentifier(Of(Tampere, Liisa), "T-2")).OthersExist);
        Assert.False((await Search.ByIdentifier(Of(Tampere, Liisa), "T-3")).OthersExist);
    }

    [Fact]
    public async Task A_name_that_changed_is_found_anew_and_the_former_last_name_still()
    {
        await Send(Maija, Register);
        await Known("korh", Maija);
        await Send(Maija, new ChangeClientDetails(
            new PersonalText("Mäkinen"), new PersonalText("Kaija"), 1984,
            TemporaryIdentifier: new PersonalText("T-1")));
        await Known("kaija mak", Maija);
        Assert.Equal([Maija.Key], await Found("korhonen"));
        Assert.Empty(await Found("maija"));
        await Restart();
        await Known("kaija mak", Maija);
        Assert.Equal([Maija.Key], await Found("korhonen"));
        Assert.Empty(await Found("maija"));
    }

    [Fact]
    public async Task A_client_is_found_by_a_whole_number_of_a_telephone_as_long_as_it_is_the_client_s()
    {
        await Send(Maija, Register);
        await Send(Aino, Named("Mäkelä", "Aino", "T-2"));
        await Known("korh", Maija);
        await Send(Maija, new RecordContactDetails(new PersonalText("040 123 4567"), new PersonalText("03 123 456")));
        await Patience.Until(async () => Keys(await Search.ByPhone(Of(Tampere), "+358401234567")) is [_]);
        Assert.Equal([Maija.Key], Keys(await Search.ByPhone(Of(Tampere), "+3583123456")));
        Assert.Empty(Keys(await Search.ByPhone(Of(Tampere), "+35840123456")));
        Assert.Empty(Keys(await Search.ByPhone(Of(Raisio), "+358401234567")));
        var hidden = await Search.ByPhone(Of(Tampere, Liisa), "+358401234567");
        Assert.Empty(hidden.Clients);
        Assert.True(hidden.OthersExist);
        await Send(Maija, new RecordContactDetails());
        await Patience.Until(async () => Keys(await Search.ByPhone(Of(Tampere), "+358401234567")) is []);
        await Known("korh", Maija);
    }

    [Fact]
    public async Task A_client_who_moves_is_found_in_the_new_register_and_one_who_was_erased_nowhere()
    {
        await Send(Maija, Register);
        await Known("korh", Maija);
        await Send(Maija, new MoveToMunicipality(Raisio));
        await Known("korh", Maija, Of(Raisio));
        Assert.Empty(await Found("korh"));
        Assert.Empty(Keys(await Search.ByIdentifier(Of(Tampere), "T-1")));
        await Send(Maija, new EraseClient(ErasureReason.RegisteredInError));
        foreach (var again in (bool[])[false, true])
        {
            var found = await Search.ByName(Of(Raisio), "korhonen maija");
            Assert.Empty(found.Clients);
            Assert.Empty(found.Others);
            Assert.Empty(Keys(await Search.ByIdentifier(Of(Raisio), "T-1")));
            Assert.False(await Search.IsKept(Maija.Key));
            await (again ? Task.CompletedTask : Restart());
            await Whole();
        }
    }

    [Fact]
    public async Task A_merged_client_is_found_as_the_one_who_stays()
    {
        var again = GrainName.Client("maija-again");
        await Send(GrainName.Municipality(Tampere), new RegisterMunicipality("Tampere"));
        await Send(Maija, Register);
        await Send(again, Register);
        await Known("korh", Maija, again);
        await Send(GrainName.Municipality(Tampere), new MergeDuplicate(
            "m1", Maija.Key, again.Key, MergeGrounds.SameIdentifier));
        await Known("korh", Maija);
        Assert.Equal([Maija.Key], Keys(await Search.ByIdentifier(Of(Tampere), "T-1")));
        await Restart();
        await Known("korh", Maija);
    }

    /// <summary>An index of a version that knew no words is made anew by the start.</summary>
    [Fact]
    public async Task Words_that_were_lost_are_built_again_and_a_damaged_one_is_found_by_the_check()
    {
        await Send(Maija, Register);
        await Send(Aino, Named("Mäkelä", "Aino", "T-2"));
        await Known("korh", Maija);
        await Known("makela", Aino);
        await Silo.DisposeAsync();
        Tamper("UPDATE keys SET identity = NULL, words = NULL");
        await InitializeAsync();
        await Known("korh", Maija);
        Assert.Empty((await Silo.Verify()).Differences);

        await Silo.DisposeAsync();
        Tamper($"UPDATE keys SET words = (SELECT words FROM keys WHERE stream = '{Maija}') WHERE stream = '{Aino}'");
        await InitializeAsync();
        await Known("korh", Maija);
        Assert.Empty(await Found("makela"));
        Assert.Contains(
            $"keys: {Aino}: the words by which it is found differ from the log", (await Silo.Verify()).Differences);
    }

    [Fact]
    public async Task No_file_holds_a_word_that_a_client_is_found_by()
    {
        await Send(Maija, Register);
        await Known("korh", Maija);
        await Silo.DisposeAsync();
        var folder = Path.GetDirectoryName(DatabaseFile)!;
        foreach (var file in Directory.GetFiles(folder))
        {
            var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain("orhonen", bytes, StringComparison.OrdinalIgnoreCase);
        }
        await InitializeAsync();
    }

    [Fact]
    public async Task A_search_leaves_one_line_at_the_register_and_one_at_each_client_it_tells_of()
    {
        await Send(Maija, Register);
        await Silo.Uses.Searched(
            Worker, Tampere, "find-clients by=name", [new ListedClient(Maija.Key, AccessBasis.Team)], ["hidden"]);
        var lines = await Lines();
        Assert.Equal(
            [
                ($"municipality/{Tampere}", "find-clients by=name; 1 shown, others exist", ""),
                ("client/maija", "find-clients by=name", "team"),
                ("client/hidden", "find-clients by=name; exists", ""),
            ],
            lines);
        await Silo.Uses.Searched(Worker, Tampere, "find-clients by=name", [], []);
        Assert.Equal(
            [.. lines, ($"municipality/{Tampere}", "find-clients by=name; 0 shown", "")], await Lines());

        async Task<List<(string, string, string)>> Lines()
        {
            await using var tables = await Silo.Store.OpenTables();
            return [.. (await tables.Accesses(null, 100)).Select(line =>
                (line.Line.Client.ToString(), line.Line.What, line.Line.Basis))];
        }
    }

    private ClientSearch Search => Silo.Projections.Search;

    private static SearchQuestion Of(string register, Standing? seenBy = null) => new(register, seenBy, Day, 20);

    private static RegisterClient Named(string last, string first, string identifier) => Register with
    {
        LastName = new PersonalText(last),
        FirstNames = new PersonalText(first),
        TemporaryIdentifier = new PersonalText(identifier),
    };

    private static string[] Keys(SearchResult found) => [.. found.Clients.Select(client => client.Entry.Client)];

    private async Task<string[]> Found(string name, string register = Tampere) =>
        Keys(await Search.ByName(Of(register), name));

    private Task Known(string name, params GrainName[] clients) => Known(name, clients, Of(Tampere));

    private Task Known(string name, GrainName client, SearchQuestion question) => Known(name, [client], question);

    /// <summary>Waits until a search finds these, and only these.</summary>
    private async Task Known(string name, GrainName[] clients, SearchQuestion question)
    {
        await Whole();
        await Patience.Until(async () => Keys(await Search.ByName(question, name)).Order()
            .SequenceEqual(clients.Select(client => client.Key).Order()));
    }

    private Task Whole() => Patience.Until(async () =>
    {
        try
        {
            await Search.ByName(Of(Tampere), "whole");
            return true;
        }
        catch (LimitReached wait) when (wait.Code is LimitCodes.SearchNotReady)
        {
            return false;
        }
    });
}
