
namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A drop-in centre's calendar, door and years, over HTTP.</summary>
[Collection("demo")]
public sealed class CentreTests(DemoServer demo)
{
    private const string Centre = """
        query($id: ID!) { dropInCentre(id: $id) { openDays
          days { day visits ageBands { ageBand visits } }
          calendar(from: "2019-03-04", to: "2019-03-10") { day open ground reason }
          years { year openingDays visits persons attendance withheld ageBands { visits } } } }
        """;

    private readonly GraphQLClient _staff = demo.Server.As(Role.Counsellor, "680");

    [Fact]
    public async Task The_door_is_counted_once_for_each_command_and_shown_by_day_and_year()
    {
        var id = await Registered();
        var press = new { dropInCentreId = id, commandId = Guid.NewGuid(), occurredOn = "2019-03-05", visits = 1 };
        await Accepted("countVisits", press);
        await Accepted("countVisits", press);
        for (var i = 0; i < 6; i++)
        {
            await Accepted("countVisits", new { dropInCentreId = id, occurredOn = "2019-03-05", visits = 1 });
        }
        await Accepted("countVisits", new
        {
            dropInCentreId = id,
            occurredOn = "2019-03-05",
            visits = 2,
            ageBand = "OVER64",
        });
        var shown = (await _staff.Query(Centre, new { id })).GetProperty("dropInCentre");
        Assert.Equal(9, shown.GetProperty("days")[0].GetProperty("visits").GetInt32());
        var year = shown.GetProperty("years")[0];
        Assert.Equal((2019, 9, 1), (
            year.GetProperty("year").GetInt32(), year.GetProperty("visits").GetInt32(),
            year.GetProperty("ageBands").GetArrayLength()));
        var told = (await demo.Server.As(Role.Researcher).Query(Centre, new { id })).GetProperty("dropInCentre");
        Assert.Equal(0, told.GetProperty("years")[0].GetProperty("ageBands").GetArrayLength());
        Assert.Equal(0, told.GetProperty("days")[0].GetProperty("ageBands").GetArrayLength());
        Assert.True(told.GetProperty("years")[0].GetProperty("withheld").GetBoolean());
    }

    [Fact]
    public async Task The_calendar_shows_weekly_days_and_exceptions_with_their_reasons()
    {
        var id = await Registered();
        await Accepted("markOpenDay", new { dropInCentreId = id, day = "2019-03-09", reason = "Juhla" });
        await Accepted("markClosedDay", new { dropInCentreId = id, day = "2019-03-05", reason = "Sairaus" });
        var days = (await _staff.Query(Centre, new { id })).At("dropInCentre", "calendar");
        Assert.Equal("2019-03-04,2019-03-09", string.Join(',', days.EnumerateArray()
            .Where(day => day.GetProperty("open").GetBoolean()).Select(day => day.GetProperty("day").GetString())));
        Assert.Equal("Sairaus", days[1].GetProperty("reason").GetString());
        var refused = await _staff.Mutate("markOpenDay", new { dropInCentreId = id, day = "2019-03-05" });
        Assert.Equal("DAY_MARKED_OTHERWISE", refused.GetProperty("userErrors")[0].GetProperty("code").GetString());
        Assert.Equal("BAD_INPUT", (await _staff.Send("""
            query($id: ID!) { dropInCentre(id: $id) { calendar(from: "2019-01-01", to: "2021-01-01") { day } } }
            """, new { id })).Code);
    }

    private async Task<string> Registered()
    {
        var id = $"tupa-{Guid.NewGuid():N}";
        await Accepted("registerDropInCentre", new
        {
            dropInCentreId = id,
            occurredOn = "2019-03-01",
            municipality = "680",
            name = "Kokeilutupa",
            openingDays = new[] { "MONDAY", "TUESDAY" },
        });
        return id;
    }

    private async Task Accepted(string mutation, object input)
    {
        var payload = await _staff.Mutate(mutation, input);
        Assert.True(payload.GetProperty("accepted").GetBoolean(), payload.GetRawText());
    }
}
