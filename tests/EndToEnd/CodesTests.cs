
namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A code list is imported as a file, and the next start takes its codes for the days they say.</summary>
public sealed class CodesTests
{
    private const string Municipality = "320";

    /// <summary>Made-up codes: the official ones are not known.</summary>
    private const string Goals = """
        {"system": "1.2.246.537.6.1292", "name": "Asiakkuuden tavoitteet", "complete": false, "placeholder": false,
         "source": "a test", "codes": [
           {"code": "11", "display": {"fi": "Esimerkki", "en": "Example"}, "validFrom": "2019-01-01"},
           {"code": "12", "display": {"fi": "Vanha"}, "validTo": "2018-12-31"}]}
        """;

    [Fact]
    public async Task An_imported_list_is_taken_from_the_next_start_on_and_carried_to_the_next_plan()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Data);
        var file = Path.Combine(folder.Data, "goals.json");
        await File.WriteAllTextAsync(file, Goals.Replace("a test", ""));
        var refused = await Osst.Run("codes", "import", file, "--data", folder.Data);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("where the list comes from", refused.Errors, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, Goals);
        var imported = await Osst.Run("codes", "import", file, "--data", folder.Data);
        Assert.True(imported.ExitCode == 0, imported.Errors);
        Assert.Contains("2 codes, 2 of them new, 1 with a last day", imported.Output, StringComparison.Ordinal);

        await using var server = await RunningServer.Start(folder, "--quiet");
        var worker = server.As(Role.Coordinator);
        await Take(worker, "registerClient", new
        {
            clientId = "a",
            municipality = Municipality,
            lastName = "Synteettinen",
            firstNames = "Esimerkki",
            birthYear = 1980,
            temporaryIdentifier = "T-1",
            synthetic = true,
            occurredOn = "2018-01-15",
        });
        await Take(worker, "assessNeed", new { clientId = "a", clientship = true, occurredOn = "2018-02-01" });
        Assert.Equal("CODE_NOT_IN_USE", (await worker.Mutate("makePlan", Plan("p1", "2018-03-01", "11")))
            .At("userErrors")[0].At("code").GetString());
        await Take(worker, "makePlan", Plan("p1", "2019-03-01", "11"));
        await Take(worker, "makePlan", new
        {
            clientId = "a",
            planId = "p2",
            filledWithClient = true,
            carriedForward = new[] { new { system = "1.2.246.537.6.1292", code = "11" } },
            details = new
            {
                othersView = "Sisko auttaa.",
                currentServices = new[] { new { system = "sosmeta:1506.15020/services-now", code = "22" } },
            },
            authors = new[] { "w1" },
            occurredOn = "2019-06-01",
        });
        var plan = (await worker.Query(
            """
            { client(id: "a") { goalsToCarryForward { code { code } } plans { carriedForward { code }
              goals { scale code { system display(language: "en") } }
              details { othersView currentServices { code } } } } }
            """)).GetProperty("client");
        var second = plan.At("plans")[1];
        Assert.Equal("Example", second.At("goals")[0].At("code", "display").GetString());
        Assert.Equal("PREVENT_WORSENING", second.At("goals")[0].At("scale").GetString());
        Assert.Equal("Sisko auttaa.", second.At("details", "othersView").GetString());
        Assert.Equal("22", second.At("details", "currentServices")[0].At("code").GetString());
        Assert.Equal("11", plan.At("goalsToCarryForward")[0].At("code", "code").GetString());
        var system = (await worker.Query("{ codeSystems { system lines { validFrom validTo } } }"))
            .At("codeSystems").EnumerateArray().Single(s => s.At("system").GetString() == "1.2.246.537.6.1292");
        Assert.Equal("2018-12-31", system.At("lines")[1].At("validTo").GetString());
    }

    private static object Plan(string planId, string occurredOn, string goal) => new
    {
        clientId = "a",
        planId,
        filledWithClient = true,
        goals = new[]
        {
            new { code = new { system = "1.2.246.537.6.1292", code = goal }, scale = "PREVENT_WORSENING" },
        },
        authors = new[] { "w1" },
        occurredOn,
    };

    private static async Task Take(GraphQLClient caller, string mutation, object input)
    {
        var payload = await caller.Mutate(mutation, input);
        Assert.True(payload.GetProperty("accepted").GetBoolean(), payload.GetRawText());
    }
}
