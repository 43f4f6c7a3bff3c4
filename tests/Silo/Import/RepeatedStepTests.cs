using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Import;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Import;

/// <summary>Steps that a case may take again, as lines: the second one is not taken for the first.</summary>
public sealed class RepeatedStepTests : LinePlace
{
    private const string Undated = """{"externalId":"K","reason":"OTHER"}""";

    private static readonly Caller Records = new(
        Role.RecordSystem, "records", Reach.Of(Tampere), Purposes.ClientWork);

    private GrainName Client => GrainName.Client(Keys.ClientOf(Keys.ExternalId("kela", "K", Tampere)));

    [Fact]
    public async Task A_second_closing_with_its_day_or_its_entry_closes_again()
    {
        await Accepted(Records, ImportKind.Clients, Person("K", Tampere));
        foreach (var (closing, reopenedOn) in new (string, DateOnly?)[]
        {
            (With("occurredOn", "2018-03-01"), new(2018, 3, 2)), (With("occurredOn", "2018-10-01"), new(2018, 10, 2)),
            (With("entryId", "C1"), null), (With("entryId", "C2"), null),
        })
        {
            await Accepted(Records, ImportKind.Closings, closing);
            Assert.Equal(LineStatus.Duplicate, (await Send(Records, ImportKind.Closings, closing)).Status);
            Assert.NotNull((await ClientOf(Keys.ExternalId("kela", "K", Tampere))).Closed);
            await Send(Client, new ReopenMatter(), reopenedOn ?? Silo.Services.Clock().Today);
        }
    }

    /// <summary>Known by its content alone, the second one would be lost.</summary>
    [Theory]
    [InlineData(ImportKind.AssessmentStarts, """{"externalId":"K"}""")]
    [InlineData(ImportKind.Assessments, """{"externalId":"K","clientship":true}""")]
    [InlineData(ImportKind.Reviews, """
        {"externalId":"K","planId":"p","filledWithClient":true,"clientsView":"Hyvin","workersAssessment":"Hyvin"}
        """)]
    [InlineData(ImportKind.Closings, Undated)]
    public async Task A_step_without_its_day_or_its_entry_is_refused(ImportKind kind, string line)
    {
        await Accepted(Records, ImportKind.Clients, Person("K", Tampere));
        var refused = await Send(Records, kind, line);
        Assert.Equal(("FIELD_REQUIRED", "occurredOn"), (refused.Why?.Code, refused.Why?.Field));
        var entered = await Send(Records, kind, line.Insert(1, "\"entryId\":\"E1\","));
        Assert.NotEqual("occurredOn", entered.Why?.Field);
    }

    private static string With(string field, string value) => Undated.Insert(1, $"\"{field}\":\"{value}\",");
}
