using System.Reflection;
using System.Text.Json;

namespace OsstOrleans.Grains.Tests;

/// <summary>What was once written to a log or promised to a caller is for ever.</summary>
public sealed class StoredNamesTests
{
    private static IEnumerable<Type> EventTypes => EventCatalogue.Names.Select(name => EventCatalogue.TypeOf(name)!);

    [Fact]
    public void Event_names_only_grow() => Golden.MayOnlyGrow("event-names.txt", EventCatalogue.Names);

    [Fact]
    public void Event_fields_only_grow() => Golden.MayOnlyGrow(
        "event-fields.txt",
        EventCatalogue.Names.SelectMany(name =>
            WireForm.FieldsOf(EventCatalogue.TypeOf(name)!).Select(field => $"{name} {field}")));

    [Fact]
    public void Event_values_only_grow() => Golden.MayOnlyGrow(
        "event-values.txt",
        EventTypes.SelectMany(WireForm.EnumsIn).Distinct().SelectMany(type =>
            Enum.GetNames(type).Select(name => $"{type.Name} {JsonNamingPolicy.SnakeCaseUpper.ConvertName(name)}")));

    [Fact]
    public void Rejection_codes_only_grow() => Golden.MayOnlyGrow("rejection-codes.txt", RejectionCodesNow);

    [Fact]
    public void Rejection_codes_differ() =>
        Assert.Equal(RejectionCodesNow.Count(), RejectionCodesNow.Distinct().Count());

    [Fact]
    public void Every_event_says_its_stored_name() => Assert.Equal(
        typeof(IEvent).Assembly.GetTypes()
            .Where(type => type is { IsInterface: false } && typeof(IEvent).IsAssignableFrom(type))
            .Select(type => type.Name).Order(),
        EventTypes.Select(type => type.Name).Order());

    /// <summary>The timeline, receivers and readers of the log go by the part before the dot.</summary>
    [Fact]
    public void A_stored_name_begins_with_the_kind_of_grain() => Assert.All(EventCatalogue.Names, name => Assert.Equal(
        JsonNamingPolicy.KebabCaseLower.ConvertName(EventCatalogue.TypeOf(name)!.Namespace!.Split('.')[^1]),
        name.Split('.')[0]));

    [Fact]
    public void An_unknown_name_has_no_type() => Assert.Null(EventCatalogue.TypeOf("client.promoted"));

    [Fact]
    public void Every_rejection_code_has_a_scenario()
    {
        var tests = Directory.GetFiles(Folder(), "*Tests.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText).ToArray();

        Assert.All(typeof(RejectionCodes).GetFields().Where(code => !NotAnsweredAnyMore.Contains(code.Name)
            && !OfTheHost.Contains(code.Name)), code =>
            Assert.Contains(tests, test => test.Contains($"RejectionCodes.{code.Name},")));
    }

    /// <summary>Callers of earlier versions know them; what they said is an event now.</summary>
    private static readonly string[] NotAnsweredAnyMore = [nameof(RejectionCodes.DuplicateHasCasework)];

    /// <summary>Answered without a decider: the tests of the silo have its scenario.</summary>
    private static readonly string[] OfTheHost = [nameof(RejectionCodes.CommandIdUsed)];

    private static IEnumerable<string> RejectionCodesNow => typeof(RejectionCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(code => (string)code.GetValue(null)!);

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string caller = "") =>
        Path.GetDirectoryName(caller)!;
}
