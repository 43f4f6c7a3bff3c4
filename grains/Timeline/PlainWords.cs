using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Grains.Timeline;

/// <summary>A person's own words in an event, and their heading.</summary>
public readonly record struct OwnWords(string Heading, PersonalText Text);

/// <summary>
/// Events in plain words of one language. A sentence says what is coded; what workers and clients said in their own
/// words is never mixed into it and comes beside it, so that it stays marked as personal.
/// </summary>
public sealed class PlainWords
{
    private static readonly FrozenDictionary<string, PlainWords> ByLanguage =
        new[] { "fi", "sv", "en" }.ToFrozenDictionary(language => language, language => new PlainWords(language));

    private readonly MessageFile _file;
    private readonly FrozenDictionary<string, SentenceTemplate> _sentences;

    private PlainWords(string language)
    {
        _file = MessageFile.Read(language);
        _sentences = _file.Events.ToFrozenDictionary(entry => entry.Key, entry => SentenceTemplate.Parse(entry.Value));
    }

    /// <summary>The languages there are words in.</summary>
    public static IReadOnlyCollection<string> Languages => ByLanguage.Keys;

    /// <summary>The words of a language; null for a language that there are none in.</summary>
    public static PlainWords? In(string language) => ByLanguage.GetValueOrDefault(language);

    /// <summary>What happened, in one sentence without personal words.</summary>
    /// <param name="happened">Null for an event that a newer version wrote.</param>
    public string Of(IEvent? happened) =>
        happened is not null && _sentences.TryGetValue(EventCatalogue.NameOf(happened), out var sentence)
            ? sentence.Fill(name => ValueOf(happened, name))
            : _file.Unknown;

    /// <summary>Who recorded it: the role in words, and the staff or system id.</summary>
    /// <param name="actor">As stored: <c>role/subject</c>.</param>
    public string Who(string actor) =>
        actor.Split('/', 2) is [var role, var subject] && _file.Roles.TryGetValue(role, out var words)
            ? $"{words} {subject}"
            : actor;

    /// <summary>All own words in an event, in the order of its fields.</summary>
    public IReadOnlyList<OwnWords> OwnWordsOf(IEvent happened)
    {
        var words = new List<OwnWords>();
        Gather(happened, words);
        return words;
    }

    private void Gather(object record, List<OwnWords> words)
    {
        foreach (var property in EventFields.Of(record.GetType()))
        {
            switch (property.GetValue(record))
            {
                case PersonalText { IsEmpty: false } text:
                    words.Add(new OwnWords(_file.Words.GetValueOrDefault(EventFields.NameOf(property), ""), text));
                    break;
                case IEnumerable list when EventFields.HoldsRecords(property):
                    foreach (var item in list)
                    {
                        Gather(item, words);
                    }
                    break;
            }
        }
    }

    /// <summary>
    /// A name is a field (<c>reason</c>), a field of each entry of a list (<c>needs.need</c>), or two of them
    /// (<c>attainments.goal:attainment</c>, written as "goal (attainment)").
    /// </summary>
    private string? ValueOf(object record, string name)
    {
        if (name[^1] is '?' or '!')
        {
            var flag = EventFields.Find(record.GetType(), name[..^1])?.GetValue(record) is true;
            return flag == (name[^1] == '?') ? "" : null;
        }
        if (name.Split('.', 2) is not [var list, var inner])
        {
            return EventFields.Find(record.GetType(), name) is { } field
                ? Written(field.GetValue(record), EventFields.NameOf(field))
                : null;
        }
        var entries = (IEnumerable?)EventFields.Find(record.GetType(), list)?.GetValue(record) ?? Array.Empty<object>();
        var written = string.Join(", ", entries.Cast<object>().Select(entry => inner.Split(':') is [var one, var other]
            ? $"{ValueOf(entry, one)} ({ValueOf(entry, other)})"
            : ValueOf(entry, inner)));
        return written.Length == 0 ? null : written;
    }

    /// <summary>Null for what is absent: nothing, an empty text or list, no, and the number zero.</summary>
    private string? Written(object? value, string field) => value switch
    {
        null or "" or 0 or false => null,
        long cents when field.EndsWith("Cents", StringComparison.Ordinal) => Money(cents),
        string text when field == "month" && CalendarMonth.TryParse(text, out var month) =>
            month.FirstDay.ToString(_file.Months, CultureInfo.InvariantCulture),
        DateOnly day => day.ToString(_file.Dates, CultureInfo.InvariantCulture),
        Enum member => _file.Values.GetValueOrDefault(member.GetType().Name)?.GetValueOrDefault(
            JsonNamingPolicy.SnakeCaseUpper.ConvertName(member.ToString())) ?? member.ToString(),
        CodedValue code => Named(code),
        IEnumerable<CodedValue> codes => Joined(codes.Select(Named)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private string Named(CodedValue code) => CodeSystems.Display(code) is not { } display ? code.Code
        : _file.Language switch { "sv" => display.Sv, "en" => display.En, _ => null } ?? display.Fi;

    private string Money(long cents) => string.Format(
        CultureInfo.InvariantCulture, _file.Money, $"{cents / 100}{_file.DecimalSign}{cents % 100:00}");

    private static string? Joined(IEnumerable<string> parts) =>
        string.Join(", ", parts) is { Length: > 0 } joined ? joined : null;
}
