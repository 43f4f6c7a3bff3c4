using OsstOrleans.Silo.Search;

namespace OsstOrleans.Silo.Tests.Search;

/// <summary>Which clients of a register a word may begin.</summary>
public sealed class WordIndexTests
{
    private readonly WordIndex _index = new();

    [Fact]
    public void A_client_is_found_by_beginnings_of_two_to_eight_letters_in_its_own_register_alone()
    {
        _index.Put("837", "maija", ["makelainen", "maija"]);
        _index.Put("680", "other", ["makelainen"]);
        foreach (var word in (string[])["ma", "makela", "makelain", "makelainenhan"])
        {
            Assert.Equal(["maija"], _index.Candidates("837", [word]));
        }
        Assert.Equal(["maija"], _index.Candidates("837", ["mak", "mai", "m"]));
        Assert.Empty(_index.Candidates("837", ["mak", "aino"]));
        Assert.Empty(_index.Candidates("837", ["m"]));
        Assert.Empty(_index.Candidates("320", ["mak"]));
    }

    [Fact]
    public void A_client_is_named_by_whole_words_alone()
    {
        _index.Put("837", "maija", ["makelainen", "maija", "+358401234567"]);
        Assert.Equal(["maija"], _index.Named("837", ["makelainen", "maija"]));
        Assert.Equal(["maija"], _index.Candidates("837", ["+358401234567"]));
        Assert.Empty(_index.Named("837", ["makelain", "maija"]));
        Assert.Empty(_index.Named("837", ["makelainen", "ma"]));
        Assert.Empty(_index.Candidates("837", ["+35840123"]));
        Assert.Empty(_index.Named("680", ["maija"]));
    }

    [Fact]
    public void A_client_that_moves_changes_its_name_or_goes_is_found_where_it_is_now()
    {
        _index.Put("837", "maija", ["makela"]);
        _index.Put("837", "maija", ["virtanen"]);
        Assert.Empty(_index.Candidates("837", ["makela"]));
        Assert.Equal(["maija"], _index.Candidates("837", ["virta"]));
        _index.Put("680", "maija", ["virtanen"]);
        Assert.Empty(_index.Candidates("837", ["virta"]));
        Assert.Equal(["maija"], _index.Candidates("680", ["virta"]));
        _index.Remove("maija");
        _index.Remove("maija");
        Assert.Empty(_index.Candidates("680", ["virta"]));
        Assert.Equal(0, _index.Count);
    }

    /// <summary>Beyond some thousand pairs they are sorted anew, and those of clients who went are left out.</summary>
    [Fact]
    public void Many_clients_are_found_as_a_scan_over_all_of_them_finds_them()
    {
        const int Seed = 20_19;
        var random = new Random(Seed);
        var names = new Dictionary<string, string[]>();
        for (var i = 0; i < 6_000; i++)
        {
            var client = $"c{random.Next(3_000)}";
            if (random.Next(5) == 0)
            {
                names.Remove(client);
                _index.Remove(client);
                continue;
            }
            names[client] = [Name(), Name()];
            _index.Put("837", client, names[client]);
        }
        for (var i = 0; i < 500; i++)
        {
            string[] words = [Name()[..random.Next(2, 5)], Name()[..2]];
            Assert.Equal(
                names.Where(known => words.All(word => known.Value.Any(name => name.StartsWith(word))))
                    .Select(known => known.Key).Order(),
                _index.Candidates("837", words).Order());
        }

        string Name() => string.Concat(Enumerable.Range(0, 6).Select(_ => "aeik"[random.Next(4)]));
    }
}
