using OsstOrleans.Grains;
using OsstOrleans.Grains.DropInCentre;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Privacy;

/// <summary>Who adds to what others see a mean of.</summary>
public sealed class AnonymousAnswerRoleTests : SiloPlace
{
    private static readonly GrainName Centre = GrainName.DropInCentre("a");

    private static readonly RecordAnonymousAnswers Answers = new("ESIS") { Answers = [new(1, 4)] };

    [Fact]
    public async Task Answers_of_a_year_that_is_over_are_recorded_by_a_coordinator_alone()
    {
        var today = Silo.Services.Clock().Today;
        var lastYear = new DateOnly(today.Year - 1, 12, 31);
        await Send(Centre, new RegisterDropInCentre(Tampere, "A") { OpeningDays = [Weekday.Monday] }, lastYear);
        var (worker, coordinator) = (In(Role.SocialWorker, Tampere), In(Role.Coordinator, Tampere));
        var refused = await Record(worker, lastYear);
        Assert.Equal((ReplyKind.Rejected, "occurredOn"), (refused.Kind, refused.Rejection?.Field));
        Assert.Equal(ReplyKind.Accepted, (await Record(worker, today)).Kind);
        Assert.Equal(ReplyKind.Accepted, (await Record(coordinator, lastYear)).Kind);
        Assert.Equal(ReplyKind.Forbidden, (await Record(In(Role.Operator, Tampere), today)).Kind);
        Assert.Equal(ReplyKind.Forbidden, (await Record(In(Role.Integration, Tampere), today)).Kind);
    }

    private async Task<CommandReply> Record(Caller caller, DateOnly day)
    {
        var asked = Ask(Answers, caller);
        return await Silo.Grains.Execute(Centre, Answers, asked.Envelope with { OccurredOn = day });
    }
}
