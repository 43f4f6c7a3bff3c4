using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>A register to which several people send.</summary>
internal sealed class TestRegister
{
    public MunicipalityState State { get; private set; } = GivenMunicipality(On("2018-01-01", Kemijarvi)).State;

    public TestRegister Do(string actor, ICommand command, string day = Today) =>
        Take(command, Scenario.At(day) with { Actor = actor, Today = Scenario.Day(day) });

    public TestRegister Again(ICommand command, string day = Today) =>
        Take(command, Scenario.At(day) with { Actor = "coordinator/endings", EndsAgain = true });

    public string? Refusal(string actor, ICommand command) => MunicipalityDecider.Decide(
        State, command, Scenario.At(Today) with { Actor = actor }).Rejection?.Code;

    public string? AgainRefusal(ICommand command) => MunicipalityDecider.Decide(
        State, command, Scenario.At(Today) with { EndsAgain = true }).Rejection?.Code;

    public bool Holds(string subject, Role role, string day = Today) =>
        Rights.Hold(State, subject, role, Scenario.Day(day));

    private TestRegister Take(ICommand command, Moment moment)
    {
        var decision = MunicipalityDecider.Decide(State, command, moment);
        Assert.True(decision.Rejection is null, $"{command} was refused: {decision.Rejection}");
        State = decision.Events.Aggregate(
            State, (state, happened) => MunicipalityDecider.Evolve(state, happened, moment.OccurredOn));
        return this;
    }
}
