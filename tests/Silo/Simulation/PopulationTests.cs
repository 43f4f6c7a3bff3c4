using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Simulation;

namespace OsstOrleans.Silo.Tests.Simulation;

public sealed partial class PopulationTests
{
    private static readonly OsstDataSet DataSet = OsstDataSet.Embedded();

    [Fact]
    public void The_same_seed_gives_the_same_steps_byte_for_byte()
    {
        Assert.Equal(Text(Population.Of(7, 50, DataSet).Steps()), Text(Population.Of(7, 50, DataSet).Steps()));
        Assert.NotEqual(Text(Population.Of(7, 50, DataSet).Steps()), Text(Population.Of(8, 50, DataSet).Steps()));
    }

    /// <summary>
    /// Demo data already stored must not be drawn differently under the same keys. When this fails on purpose, raise
    /// <see cref="Population.Generation"/> and put the new digest here.
    /// </summary>
    [Fact]
    public void The_lives_of_this_generation_never_change()
    {
        var population = Population.Of(1, 200, DataSet);
        var lives = Enumerable.Range(0, 200).SelectMany(number => population.Client(number).Steps);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(lives))))[..18];
        Assert.Equal((4, "27c5f52e61ad840356"), (Population.Generation, digest));
    }

    [Fact]
    public void A_larger_population_contains_the_smaller_one()
    {
        var small = Population.Of(3, 100, DataSet);
        var large = Population.Of(3, 200, DataSet);
        Assert.Equal(Text(small.Surroundings), Text(large.Surroundings));
        Assert.All(
            Enumerable.Range(0, 100), i => Assert.Equal(Text(small.Client(i).Steps), Text(large.Client(i).Steps)));
    }

    [Fact]
    public void Another_seed_or_period_has_other_clients_in_the_same_surroundings()
    {
        var one = Population.Of(3, 1, DataSet);
        var other = Population.Of(4, 1, DataSet);
        var later = new Population(3, 1, new DateOnly(2023, 1, 1), new DateOnly(2024, 12, 31), DataSet);
        Population[] all = [one, other, later];
        Assert.Equal(3, all.Select(population => population.Client(0).Grain).Distinct().Count());
        Assert.Equal(Text(one.Surroundings), Text(other.Surroundings));
        Assert.Equal(WithoutCoverage(one), WithoutCoverage(later));
    }

    [Fact]
    public void Days_lie_in_the_period_and_only_benefit_months_go_on_for_a_year()
    {
        var (from, to) = (new DateOnly(2018, 1, 1), new DateOnly(2019, 12, 31));
        foreach (var step in Population.Of(5, 1_000, DataSet).Steps())
        {
            Assert.InRange(step.OccurredOn, from,
                step.Command is RecordBenefitMonth or RecordRegisterCoverage ? to.AddYears(1) : to);
        }
    }

    [Fact]
    public void A_period_that_reaches_the_present_gets_no_benefit_month_after_it()
    {
        var (from, to) = (new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31));
        var population = new Population(5, 300, from, to, DataSet, knownUntil: to);
        var clients = Enumerable.Range(0, 300).Select(population.Client).ToList();
        Assert.All(clients, client => Replay.Client(client));
        Assert.All(clients.SelectMany(client => client.Steps), step => Assert.InRange(step.OccurredOn, from, to));
        Assert.All(clients, client => Assert.NotEqual("851", MunicipalityOf(client)));
    }

    [Fact]
    public void Clients_of_Tornio_are_not_seen_after_2018_except_in_the_register()
    {
        var population = Population.Of(5, 2_000, DataSet);
        var clients = Enumerable.Range(0, 2_000).Select(population.Client);
        var tornio = clients.Where(client => MunicipalityOf(client) == "851").ToList();
        Assert.NotEmpty(tornio);
        Assert.All(
            tornio.SelectMany(client => client.Steps).Where(step => step.Command is not RecordBenefitMonth),
            step => Assert.True(step.OccurredOn <= new DateOnly(2018, 12, 31)));
    }

    [Fact]
    public void Everybody_is_marked_synthetic_and_nobody_has_a_personal_identity_code()
    {
        foreach (var step in Population.Of(6, 1_000, DataSet).Steps().Where(s => s.Grain.Kind == GrainKind.Client))
        {
            Assert.Equal(StepOrigin.Synthetic, step.Origin);
            Assert.StartsWith("syn-", step.Grain.Key);
            Assert.DoesNotMatch(PersonalIdentityCode(), Json(step.Command));
            if (step.Command is RegisterClient registered)
            {
                Assert.True(registered.Synthetic);
                Assert.Null(registered.PersonalIdentityCode);
                Assert.StartsWith("Synteettinen", registered.LastName.Reveal());
            }
        }
    }

    [Fact]
    public void Kemijarvis_published_peak_stays_the_peak_of_all_centres()
    {
        var surroundings = Population.Of(1, 0, DataSet).Surroundings;
        var weeks = surroundings
            .Where(grain => grain.Grain.Kind == GrainKind.DropInCentre)
            .SelectMany(grain => Replay.Centre(grain.Steps, grain.Grain.Key).Days
                .GroupBy(day => day.Key.DayNumber / 7, day => day.Value.Visits ?? 0)
                .Select(week => (grain.Grain.Key, Visits: week.Sum())))
            .OrderByDescending(week => week.Visits)
            .ToList();
        Assert.Equal(("kemijarvi-keskusta", 117), weeks[0]);
        Assert.True(weeks[1].Visits < 117);
        Assert.True(weeks.Count > 500);
    }

    private static string WithoutCoverage(Population population) => Text(population.Surroundings
        .SelectMany(grain => grain.Steps).Where(step => step.Command is not RecordRegisterCoverage));

    private static string MunicipalityOf(GrainSteps client) => ((RegisterClient)client.Steps[0].Command).Municipality;

    private static string Text(IEnumerable<GrainSteps> grains) => Text(grains.SelectMany(grain => grain.Steps));

    private static string Text(IEnumerable<LoadStep> steps) => string.Join('\n', steps.Select(step =>
        $"{step.Grain} {step.OccurredOn:O} {step.CommandId} {step.Origin} {step.Command.GetType().Name} "
        + Json(step.Command)));

    private static string Json(ICommand command) => JsonSerializer.Serialize(command, command.GetType(), Revealing);

    /// <summary>The form of a <em>henkilötunnus</em>, old and new separators.</summary>
    [GeneratedRegex(@"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]")]
    private static partial Regex PersonalIdentityCode();

    private static readonly JsonSerializerOptions Revealing = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Converters = { new Words() },
    };

    private sealed class Words : System.Text.Json.Serialization.JsonConverter<PersonalText>
    {
        public override PersonalText Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString());

        public override void Write(
            Utf8JsonWriter writer, PersonalText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Reveal());
    }
}
