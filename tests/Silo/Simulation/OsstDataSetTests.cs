using OsstOrleans.Grains;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Simulation;

namespace OsstOrleans.Silo.Tests.Simulation;

public sealed class OsstDataSetTests
{
    private static readonly OsstDataSet DataSet = OsstDataSet.Embedded();

    [Theory]
    [InlineData("211", "Kangasala", null)]
    [InlineData("297", "Kuopio", null)]
    [InlineData("320", "Kemijärvi", null)]
    [InlineData("680", "Raisio", "Reso")]
    [InlineData("837", "Tampere", "Tammerfors")]
    [InlineData("851", "Tornio", "Torneå")]
    public void The_six_municipalities_carry_their_official_codes(string code, string name, string? swedishName) =>
        Assert.Contains(
            DataSet.Steps,
            step => step.Grain == GrainName.Municipality(code) && step.Origin == StepOrigin.Published
                && step.Command is RegisterMunicipality found && found == new RegisterMunicipality(name, swedishName));

    /// <summary>Nobody comes into a municipality that has ended, so a data set with one could not be loaded.</summary>
    [Fact]
    public void Every_municipality_of_it_is_there_today() => Assert.All(
        DataSet.Steps.Where(step => step.Command is RegisterMunicipality),
        step => Assert.Null(MunicipalityDecider.Fits(
            step.Grain.Key, new Moment(step.OccurredOn, new DateOnly(2026, 11, 1), default))));

    [Fact]
    public void The_programme_runs_from_2018_with_two_million_euros_and_is_extended_to_the_end_of_2019()
    {
        var programme = Replay.Programme(DataSet.Steps);
        Assert.Equal(new DateOnly(2018, 1, 1), programme.Started!.StartsOn);
        Assert.Equal(new DateOnly(2019, 3, 31), programme.Started.EndsOn);
        Assert.Equal(new DateOnly(2019, 12, 31), programme.EndsOn);
        Assert.Equal(2_000_000_00, programme.BudgetCents);
        var extended = Assert.Single(DataSet.Steps, step => step.Command is ExtendProgramme);
        Assert.Equal(new DateOnly(2018, 12, 10), extended.OccurredOn);
    }

    [Fact]
    public void Tornio_leaves_at_the_end_of_2018_and_the_others_stay_to_the_end_of_2019()
    {
        var members = Replay.Programme(DataSet.Steps).Members;
        Assert.Equal(6, members.Count);
        foreach (var member in members)
        {
            var tornio = member.Municipality == "851";
            Assert.Equal(tornio ? new DateOnly(2018, 12, 31) : null, member.LeavesOn);
            var municipality = Replay.Municipality(DataSet.Steps, member.Municipality);
            var arm = Assert.Single(municipality.Arms);
            Assert.Equal(StudyArm.OsstAndEmployment, arm.Arm);
            Assert.Equal(new DateOnly(2018, 1, 1), arm.StartsOn);
            Assert.Equal(tornio ? new DateOnly(2018, 12, 31) : new DateOnly(2019, 12, 31), arm.EndsOn);
        }
    }

    [Theory]
    [InlineData(StudyArm.EmploymentOnly)]
    [InlineData(StudyArm.Neither)]
    public void Each_kind_of_control_has_three_synthetic_municipalities_outside_the_official_codes(StudyArm arm)
    {
        const int LastOfficialCode = 992;
        var controls = DataSet.Steps.Where(step => step.Command is RecordExposure && step.Origin is StepOrigin.Synthetic
            && DataSet.ArmOf(step.Grain.Key) == arm).ToList();
        Assert.Equal(3, controls.Count);
        Assert.All(controls, step =>
        {
            Assert.Equal(StepOrigin.Synthetic, step.Origin);
            Assert.True(int.Parse(step.Grain.Key) > LastOfficialCode);
            Assert.Contains("synteettinen", Replay.Municipality(DataSet.Steps, step.Grain.Key).Registered!.Name);
        });
    }

    [Fact]
    public void The_town_centre_of_Kemijarvi_is_open_four_days_and_counts_117_visits_in_its_peak_week()
    {
        var centre = Replay.Centre(DataSet.Steps, "kemijarvi-keskusta");
        Assert.Equal("320", centre.Registered!.Municipality);
        Assert.Equal(4, centre.OpeningDays.Count);
        Assert.Equal(117, centre.Days.Values.Sum(day => day.Visits));
        Assert.Equal(4, centre.Days.Count);
        Assert.True(centre.Days.Keys.Max().DayNumber - centre.Days.Keys.Min().DayNumber < 7);
    }

    [Fact]
    public void What_is_not_published_about_the_centres_is_marked_as_a_placeholder()
    {
        var steps = DataSet.Steps.Where(step => step.Grain.Kind == GrainKind.DropInCentre).ToList();
        Assert.All(steps, step => Assert.Equal(StepOrigin.Placeholder, step.Origin));
        Assert.All(DataSet.File.DropInCentres, centre => Assert.False(string.IsNullOrEmpty(centre.Opening.Note)));
        Assert.Empty(Replay.Centre(DataSet.Steps, "kemijarvi-sivukyla").Days);
    }

    [Fact]
    public void Every_entry_names_a_known_source()
    {
        var file = DataSet.File;
        Assert.All(file.Entries(), entry => Assert.Contains(entry.Source, file.Sources));
        Assert.All(file.Sources, source => Assert.False(string.IsNullOrWhiteSpace(source.Value)));
        Assert.All(
            file.Entries().Where(entry => entry.Synthetic || entry.Placeholder),
            entry => Assert.StartsWith("No source", file.Sources[entry.Source]));
    }

    [Fact]
    public void Funding_by_municipality_is_not_known_and_left_out() =>
        Assert.DoesNotContain(DataSet.Steps, step => step.Command is GrantFunding or RecordSpending);

    [Fact]
    public void Command_ids_are_the_same_in_every_load_and_never_shared()
    {
        var again = OsstDataSet.Embedded().Steps;
        Assert.Equal(DataSet.Steps.Select(step => step.CommandId), again.Select(step => step.CommandId));
        Assert.Equal(again.Count, again.DistinctBy(step => step.CommandId).Count());
    }

    [Fact]
    public void A_file_whose_entry_names_no_source_is_refused()
    {
        using var original = typeof(OsstDataSet).Assembly
            .GetManifestResourceStream("osst-2018-2019.json")!;
        using var reader = new StreamReader(original);
        var broken = reader.ReadToEnd().Replace("\"source\": \"board-187-2017\",\n    \"extension\"",
            "\"source\": \"hearsay\",\n    \"extension\"");
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(broken));
        Assert.Throws<InvalidDataException>(() => OsstDataSet.Read(stream));
    }
}
