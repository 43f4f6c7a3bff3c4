using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Timeline;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>The message files say everything that can happen to a client, in each language.</summary>
public sealed class TimelineTests
{
    private static readonly string[] Names =
        [.. EventCatalogue.Names.Where(name => name.StartsWith("client.", StringComparison.Ordinal))];

    public static TheoryData<string> Languages => [.. PlainWords.Languages];

    [Fact]
    public void There_are_words_in_the_national_languages_and_in_English() =>
        Assert.Equal(["en", "fi", "sv"], PlainWords.Languages.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_event_of_a_client_has_a_sentence_and_no_sentence_is_left_over(string language) => Assert.Equal(
        Names.Order(StringComparer.Ordinal),
        MessageFile.Read(language).Events.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_sentence_names_fields_that_its_event_has_and_none_that_is_personal(string language)
    {
        foreach (var (name, sentence) in MessageFile.Read(language).Events)
        {
            var type = EventCatalogue.TypeOf(name)!;
            Assert.All(SentenceTemplate.Parse(sentence).Names, field => AssertCoded(type, field, $"{name}: {field}"));
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_enumeration_that_a_client_s_event_holds_has_words_for_each_member(string language)
    {
        var file = MessageFile.Read(language);
        var shown = Names.SelectMany(name => SentenceTemplate.Parse(file.Events[name]).Names
            .SelectMany(field => EnumsOf(EventCatalogue.TypeOf(name)!, field))).ToHashSet();
        Assert.Equal(shown.Select(type => type.Name).Order(), file.Values.Keys.Order());
        Assert.All(shown, type => Assert.Equal(
            Enum.GetNames(type).Select(Upper).Order(), file.Values[type.Name].Keys.Order()));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_field_with_somebody_s_own_words_has_a_heading(string language) => Assert.Equal(
        Names.SelectMany(name => WireForm.FieldsOf(EventCatalogue.TypeOf(name)!))
            .Where(field => field.EndsWith(": personal text", StringComparison.Ordinal))
            .Select(field => field.Split(':')[0].Split('.')[^1]).Distinct().Order(),
        MessageFile.Read(language).Words.Keys.Order());

    [Fact]
    public void All_languages_say_the_same_fields() => Assert.All(Names, name => Assert.Single(
        PlainWords.Languages.Select(language => string.Join(' ', SentenceTemplate
            .Parse(MessageFile.Read(language).Events[name]).Names.Order(StringComparer.Ordinal))).Distinct()));

    [Fact]
    public void Every_event_of_a_client_says_what_it_is_about_and_no_other_does() => Assert.All(
        EventCatalogue.Names,
        name => Assert.Equal(
            EventCatalogue.TypeOf(name)!.IsAssignableTo(typeof(IClientEvent)),
            EventCatalogue.KindOf(name) != TimelineKind.Unknown));

    [Theory]
    [InlineData("fi", "Tapaaminen sovittiin päivälle 20.2.2018 klo 09:30; paikka: asiakkaan koti")]
    [InlineData("sv", "Ett möte avtalades till den 20.2.2018 kl. 09:30; plats: klientens hem")]
    [InlineData("en", "A meeting was agreed for 20 Feb 2018 at 09:30; place: client's home")]
    public void A_meeting_is_told_in_plain_words(string language, string sentence) => Assert.Equal(
        sentence,
        PlainWords.In(language)!.Of(new MeetingBooked(
            "m1", Day("2018-02-20"), "09:30", MeetingSetting.ClientsHome, Words("Kotikatu 1"), null)));

    [Fact]
    public void What_is_absent_is_not_spoken_of()
    {
        var words = PlainWords.In("fi")!;
        Assert.Equal(
            "Yhteydenotto (kirje): asiakasta ei tavoitettu",
            words.Of(new ContactAttempted(ContactChannel.Letter, false, null, null)));
        Assert.Equal("Toimeentulotuki 3/2018: 552,05 €", words.Of(new BenefitMonthRecorded("2018-03", 55_205, 0)));
        Assert.Equal("Toimeentulotuki 3/2018: 0,00 €, perusosaa alennettu 20 %",
            words.Of(new BenefitMonthRecorded("2018-03", 0, 20)));
        Assert.Equal("Tapahtuma, jota tämä ohjelmaversio ei tunne", words.Of(null));
    }

    [Fact]
    public void Goals_and_how_far_they_were_reached_are_named()
    {
        var review = (PlanReviewed)GivenClient(Planned).When("2018-06-08", Reviewing).Latest.Events[0];
        Assert.Equal(
            "The plan was reviewed together with the client; goals: Management of subsistence and the financial "
            + "situation (attained), "
            + "Managing everyday life (partly attained)",
            PlainWords.In("en")!.Of(review));
        Assert.Equal(
            [new OwnWords("Asiakkaan näkemys", Words("Better")),
                new OwnWords("Työntekijän arvio tavoitteiden toteutumisesta", Words("Much better"))],
            PlainWords.In("fi")!.OwnWordsOf(review));
    }

    [Theory]
    [InlineData("social-worker/s-1", "sosiaalityöntekijä s-1")]
    [InlineData("somebody", "somebody")]
    public void Who_recorded_it_is_told_by_the_role(string actor, string who) =>
        Assert.Equal(who, PlainWords.In("fi")!.Who(actor));

    [Theory]
    [InlineData("a [b")]
    [InlineData("a ] b")]
    [InlineData("a {b")]
    [InlineData("a [b [c] d]")]
    public void A_sentence_whose_brackets_do_not_fit_is_refused(string sentence) =>
        Assert.Throws<FormatException>(() => SentenceTemplate.Parse(sentence));

    private static void AssertCoded(Type type, string name, string what)
    {
        foreach (var field in name.TrimEnd('?', '!').Split('.', 2) is [var list, var inner]
            ? inner.Split(':').Select(part => EventFields.Find(ElementOf(type, list), part))
            : [EventFields.Find(type, name.TrimEnd('?', '!'))])
        {
            Assert.True(field is not null, $"{what}: there is no such field.");
            Assert.NotEqual(
                typeof(PersonalText), Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType);
            Assert.True(name[^1] is not ('?' or '!') || field.PropertyType == typeof(bool), what);
        }
    }

    private static IEnumerable<Type> EnumsOf(Type type, string name) =>
        (name.TrimEnd('?', '!').Split('.', 2) is [var list, var inner]
            ? inner.Split(':').Select(part => EventFields.Find(ElementOf(type, list), part)!.PropertyType)
            : [EventFields.Find(type, name.TrimEnd('?', '!'))!.PropertyType])
        .Select(shown => Nullable.GetUnderlyingType(shown) ?? shown).Where(shown => shown.IsEnum);

    private static Type ElementOf(Type type, string list) =>
        EventFields.Find(type, list)!.PropertyType.GetGenericArguments()[0];

    private static string Upper(string member) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(member);
}
