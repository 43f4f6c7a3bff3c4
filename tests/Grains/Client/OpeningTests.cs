using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>A client is opened without a relationship for a reason and a time, and another person reviews it.</summary>
public sealed class OpeningTests
{
    private const string OfAino = "2018-01-02";
    private const string OfEino = "2018-01-03";

    private static readonly OpenAccess Opening = new(OpeningReason.Danger, Words("A call in the night"));

    private static Given<ClientState> Known => GivenClient(On("2018-01-01", Register));

    [Fact]
    public void An_opening_ends_three_hours_after_it_was_recorded_also_of_a_closed_matter()
    {
        Assert.Equal((Aino, Eino), (At(OfAino).Actor, At(OfEino).Actor));
        Known.When(OfAino, Opening).Then(new AccessOpened(
            Aino, OpeningReason.Danger, At(OfAino).RecordedAt + TimeSpan.FromHours(3), Opening.Words));
        var closed = Known.And("2018-01-01", new CloseMatter(ClosingReason.Other)).And(OfAino, Opening);
        Assert.Equal([Aino], closed.State.Openings.Select(opening => opening.OpenedBy));
    }

    [Fact]
    public void It_is_renewed_when_another_person_has_found_it_justified()
    {
        var opened = Known.And(OfAino, Opening);
        opened.When(OfAino, Opening).ThenRefused(RejectionCodes.OpeningNotReviewed, "id");
        opened.When(OfAino, new ReviewOpening(Aino, true)).ThenRefused(RejectionCodes.ReviewOfSelf, "openedBy");
        opened.When(OfEino, new ReviewOpening(Eino, true)).ThenRefused(RejectionCodes.OpeningUnknown, "openedBy");
        opened.And(OfEino, new ReviewOpening(Aino, true))
            .When(OfEino, new ReviewOpening(Aino, true)).ThenRefused(RejectionCodes.OpeningUnknown, "openedBy");
        Assert.True(Assert.Single(opened.State.Openings).IsReviewed);
        Assert.False(Assert.Single(opened.And(OfAino, Opening).State.Openings).IsReviewed);
    }

    [Fact]
    public void One_that_was_not_justified_is_over()
    {
        var opened = Known.And(OfAino, Opening).And(OfEino, Opening).And(OfEino, new ReviewOpening(Aino, false));
        Assert.Equal([Eino], opened.State.Openings.Select(opening => opening.OpenedBy));
    }

    [Fact]
    public void A_day_has_a_cap()
    {
        Assert.Null(Openings.Refusal(Limits.OpeningsPerDay - 1));
        Assert.Equal(RejectionCodes.OpeningsOfDay, Openings.Refusal(Limits.OpeningsPerDay)!.Code);
    }
}
