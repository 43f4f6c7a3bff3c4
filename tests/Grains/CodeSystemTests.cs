using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.Tests.Sample;

namespace OsstOrleans.Grains.Tests;

public sealed class CodeSystemTests
{
    [Fact]
    public void The_same_number_means_another_service_in_codes_A_and_B()
    {
        Assert.Equal("TE-palvelut", CodeSystems.Display(new(CodeSystems.ServicesNow, "22"))!.Fi);
        Assert.Equal("TE-palvelut", CodeSystems.Display(new(CodeSystems.PlannedServices, "20"))!.Fi);
        Assert.Equal("Erikoissairaanhoidon palvelut", CodeSystems.Display(new(CodeSystems.ServicesNow, "26"))!.Fi);
        Assert.Equal("Erikoissairaanhoidon palvelut", CodeSystems.Display(new(CodeSystems.PlannedServices, "24"))!.Fi);
        Assert.False(CodeSystems.Exists(new(CodeSystems.PlannedServices, "26")));
    }

    [Fact]
    public void Placeholders_are_told_from_official_codes()
    {
        Assert.False(IsPlaceholder(Housing));
        Assert.False(IsPlaceholder(SocialWork));
        Assert.True(IsPlaceholder(Subsistence));
        Assert.True(IsPlaceholder(IntensiveWork));
        Assert.True(IsPlaceholder(CodeSystems.CodeOf(Attainment.Partly)!.Value));

        static bool IsPlaceholder(CodedValue code) => CodeSystems.Find(code.System)!.Placeholder;
    }

    [Fact]
    public void No_placeholder_lives_under_an_official_name()
    {
        Assert.All(CodeSystems.All, system =>
            Assert.Equal(system.Placeholder, system.System.StartsWith("local:", StringComparison.Ordinal)));
        Assert.All(CodeSystems.All.Where(system => system.Placeholder), system => Assert.NotNull(system.StandsFor));
    }

    [Fact]
    public void A_code_stands_in_its_list_once_below_a_class_that_is_there() => Assert.All(CodeSystems.All, system =>
    {
        var codes = system.Codes.Select(line => line.Code).ToArray();
        Assert.Equal(codes.Distinct(), codes);
        Assert.Empty(system.Codes.Select(line => line.Parent).OfType<string>().Except(codes));
        Assert.All(system.Codes, line => Assert.False(string.IsNullOrWhiteSpace(line.Display.Fi)));
    });

    [Fact]
    public void A_goal_belongs_to_a_class_and_a_flat_code_to_itself()
    {
        Assert.Equal(new(CodeSystems.LocalGoals, "FINANCES"), CodeSystems.ClassOf(Subsistence));
        Assert.Equal(Housing, CodeSystems.ClassOf(Housing));
        Assert.True(CodeSystems.IsMainClass(new(CodeSystems.LocalGoals, "FINANCES")));
        Assert.False(CodeSystems.IsMainClass(Subsistence));
    }

    [Fact]
    public void Enumerations_have_their_official_codes()
    {
        Assert.Equal("Y30", CodeSystems.CodeOf(CancellationCause.Client)!.Value.Code);
        Assert.Equal("Y32", CodeSystems.CodeOf(CancellationCause.Organisation)!.Value.Code);
        Assert.Equal("1", CodeSystems.CodeOf(GoalScale.ChangeForBetter)!.Value.Code);
        Assert.Equal("2", CodeSystems.CodeOf(GoalScale.PreventWorsening)!.Value.Code);
        Assert.Equal("1", CodeSystems.CodeOf(FactorEffect.Supports)!.Value.Code);
        Assert.Equal("2", CodeSystems.CodeOf(FactorEffect.Hampers)!.Value.Code);
        Assert.Equal("K", CodeSystems.CodeOf(Usage.Used)!.Value.Code);
        Assert.Equal("E", CodeSystems.CodeOf(Usage.NotUsed)!.Value.Code);
        Assert.Null(CodeSystems.CodeOf(Usage.NotKnown));
        Assert.Null(CodeSystems.CodeOf(ContactChannel.Letter));
        Assert.All(Enum.GetValues<Attainment>(), value => Assert.NotNull(CodeSystems.CodeOf(value)));
        Assert.All(Enum.GetValues<SupportDuration>(), value => Assert.NotNull(CodeSystems.CodeOf(value)));
    }

    [Fact]
    public void An_unknown_code_is_answered_with_nothing()
    {
        Assert.False(CodeSystems.Exists(default));
        Assert.Null(CodeSystems.Display(new("1.2.3", "1")));
        Assert.Null(CodeSystems.Find(null));
        Assert.False(CodeSystems.IsMainClass(default));
    }
}
