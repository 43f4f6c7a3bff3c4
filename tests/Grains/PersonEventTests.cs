namespace OsstOrleans.Grains.Tests;

/// <summary>Which events tell of persons, and so go only where their register's coordinator lets them.</summary>
public sealed class PersonEventTests
{
    /// <summary>What any receiver may have. A line more is a decision about people's data.</summary>
    private static readonly string[] ForAnyReceiver =
    [
        "drop-in-centre.closed-day-marked",
        "drop-in-centre.closed-day-unmarked",
        "drop-in-centre.group-ended",
        "drop-in-centre.group-started",
        "drop-in-centre.helpers-recorded",
        "drop-in-centre.open-day-marked",
        "drop-in-centre.open-day-unmarked",
        "drop-in-centre.opening-days-changed",
        "drop-in-centre.registered",
        "municipality.arm-end-changed",
        "municipality.arm-placed",
        "municipality.caseload-limit-set",
        "municipality.data-source-declared",
        "municipality.exposure-end-changed",
        "municipality.exposure-recorded",
        "municipality.first-contact-target-set",
        "municipality.funding-granted",
        "municipality.funding-spent",
        "municipality.meeting-reminders-set",
        "municipality.method-decided",
        "municipality.method-decision-withdrawn",
        "municipality.panel-value-recorded",
        "municipality.register-coverage-recorded",
        "municipality.register-coverage-withdrawn",
        "municipality.registered",
        "municipality.review-interval-set",
        "municipality.working-day-rule-set",
        "programme.budget-changed",
        "programme.extended",
        "programme.method-decided",
        "programme.method-decision-withdrawn",
        "programme.municipality-admitted",
        "programme.municipality-released",
        "programme.started",
        "receiver.closed",
        "receiver.endpoint-changed",
        "receiver.paused",
        "receiver.registered",
        "receiver.resumed",
        "receiver.secret-rotated",
    ];

    /// <summary>Fields that name a person, or count persons so that one can be known.</summary>
    private static readonly string[] Telling =
    [
        "personal text", "clientId:", "survivorId:", "duplicateId:", "workerId:", "WorkerId:", "participants:",
        "persons:", "visits:", "ageBand:",
    ];

    [Fact]
    public void All_events_tell_of_persons_but_these() =>
        Assert.Equal(ForAnyReceiver, EventCatalogue.Names.Where(name => !EventCatalogue.TellsOfPersons(name)).Order());

    [Fact]
    public void An_event_of_a_newer_version_tells_of_persons() =>
        Assert.True(EventCatalogue.TellsOfPersons("municipality.promoted"));

    [Fact]
    public void An_event_for_any_receiver_has_no_field_that_tells_of_persons() => Assert.All(
        ForAnyReceiver.SelectMany(name => FieldsOf(name).Select(field => $"{name} {field}")),
        field => Assert.DoesNotContain(Telling, telling => field.Contains(telling, StringComparison.Ordinal)));

    [Fact]
    public void An_event_with_a_clients_key_says_which_clients_it_names()
    {
        string[] keys = ["clientId:", "survivorId:", "duplicateId:", "otherId:"];
        Assert.Equal(
            EventCatalogue.Names.Where(name => FieldsOf(name).Any(field => keys.Any(field.Contains))).Order(),
            EventCatalogue.Names.Where(name => EventCatalogue.TypeOf(name)!.IsAssignableTo(typeof(INamesClients)))
                .Order());
    }

    [Fact]
    public void An_event_with_personal_words_says_how_long_they_are_kept_and_no_other_does() => Assert.Equal(
        EventCatalogue.Names.Where(name => FieldsOf(name).Any(field => field.Contains("personal text"))).Order(),
        EventCatalogue.Names.Where(name => EventCatalogue.WordsOf(name) is not WordClass.None).Order());

    /// <summary>A line more outlives the matters: it is a decision about how long words are kept.</summary>
    [Fact]
    public void Basic_data_are_these() => Assert.Equal(
    [
        "client.contact-details-recorded", "client.details-changed", "client.disclosure-by-law-begun",
        "client.disclosure-permitted", "client.disclosure-prohibited", "client.held-for-archiving",
        "client.log-report-given", "client.log-report-refused", "client.log-report-requested",
        "client.part-disclosure-prohibited", "client.registered", "client.restriction-ended",
        "client.restriction-granted", "client.restriction-refused", "client.restriction-requested",
    ],
        EventCatalogue.Names.Where(name => EventCatalogue.WordsOf(name) is WordClass.Basic).Order());

    private static IEnumerable<string> FieldsOf(string name) => WireForm.FieldsOf(EventCatalogue.TypeOf(name)!);
}
