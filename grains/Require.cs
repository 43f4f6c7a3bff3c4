using System.Globalization;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains;

/// <summary>
/// What any field must satisfy whatever the state. Each rule answers null when it holds, so that rules read as one
/// chain of <c>??</c> whose first failure is the rejection.
/// </summary>
internal static class Require
{
    public static Rejection? Id(string? id, string field) =>
        GrainName.IsValidKey(id) && id!.Length <= Limits.IdLength
            ? null
            : Refuse.Field(IdInvalid, field, "An identifier is 1-64 letters a-z, digits, '-' or '_'.");

    public static Rejection? OptionalId(string? id, string field) => id is null ? null : Id(id, field);

    /// <summary>A person, as a token names it.</summary>
    public static Rejection? Subject(string subject, string field) =>
        Words(subject, Limits.SubjectLength, field)
        ?? (TextForm.IsOneLine(subject) ? null
            : Refuse.Field(TextUnprintable, field, "This has a character that does not show."));

    public static Rejection? Name(string? name, string field) =>
        string.IsNullOrWhiteSpace(name) ? Missing(field) : OneLine(name, field);

    public static Rejection? Name(PersonalText name, string field) => Name(name.Reveal(), field);

    /// <summary>A name, a place or an identifier of another system, where there is one.</summary>
    public static Rejection? OneLine(string? text, string field) =>
        AtMost(text?.Length, Limits.NameLength, field)
        ?? (text is null || TextForm.IsOneLine(text)
            ? null
            : Refuse.Field(TextUnprintable, field, "This has a line break, or another character that does not show."));

    public static Rejection? OneLine(PersonalText? text, string field) => OneLine(text?.Reveal(), field);

    /// <summary>Some words, where there are any.</summary>
    public static Rejection? ShortText(string? text, string field) => Text(text, Limits.NameLength, field);

    public static Rejection? Text(PersonalText? text, string field) => Text(text?.Reveal(), Limits.TextLength, field);

    public static Rejection? Words(string? text, int most, string field) =>
        string.IsNullOrWhiteSpace(text) ? Missing(field) : Text(text, most, field);

    public static Rejection? Words(PersonalText text, string field) =>
        text.IsEmpty ? Missing(field) : Text(text, field);

    public static Rejection? Member<TEnum>(TEnum value, string field)
        where TEnum : struct, Enum =>
        Enum.IsDefined(value) ? null : Refuse.Field(UnknownValue, field, "This value is not known.");

    public static Rejection? OptionalMember<TEnum>(TEnum? value, string field)
        where TEnum : struct, Enum =>
        value is { } given ? Member(given, field) : null;

    /// <summary>A code of one of these systems, as far as they are known, that was in use on the day it happened.
    /// </summary>
    public static Rejection? Code(CodedValue value, IReadOnlyList<string> systems, Moment moment, string field) =>
        !systems.Contains(value.System) || moment.Codes.Line(value) is null
            ? Refuse.Field(UnknownCode, field, $"This code is not in {string.Join(" or ", systems)}, as far as known.")
        : !moment.Codes.IsValid(value, moment.OccurredOn)
            ? Refuse.Field(CodeNotInUse, field, "This code was not in use on the day it happened.")
        : null;

    public static Rejection? OptionalCode(
        CodedValue? value, IReadOnlyList<string> systems, Moment moment, string field) =>
        value is { } given ? Code(given, systems, moment, field) : null;

    public static Rejection? TimeOfDay(string? time, string field) =>
        time is null || TimeOnly.TryParseExact(time, "HH:mm", out _)
            ? null
            : Refuse.Field(TimeInvalid, field, "A time of day is written HH:mm.");

    public static Rejection? Within(long value, long least, long most, string field) =>
        value >= least && value <= most
            ? null
            : Refuse.Field(OutOfRange, field, $"This must be from {Plain(least)} to {Plain(most)}.");

    /// <summary>A day that may lie ahead, but neither before this register's time nor generations away.</summary>
    public static Rejection? Planned(DateOnly? day, Moment moment, string field) => day switch
    {
        null => null,
        { } given when given < Limits.EarliestDay => TooEarly(field),
        { } given when given.Year > moment.Today.Year + Limits.YearsAhead =>
            Refuse.Field(OutOfRange, field, $"This day is more than {Limits.YearsAhead} years ahead."),
        _ => null,
    };

    /// <summary>A day on which something has happened.</summary>
    public static Rejection? Past(DateOnly day, Moment moment, string field) =>
        day > moment.Today ? Refuse.Field(DateInFuture, field, "This day lies in the future.")
        : day < Limits.EarliestDay ? TooEarly(field)
        : null;

    /// <summary>
    /// What says how something is stands until a later day says otherwise: one of an earlier day than the known one
    /// came late, and is refused. Of two of one day the one that was recorded last stands.
    /// </summary>
    /// <param name="knownOn">The day of the known one; null while there is none.</param>
    /// <param name="moment">The day of the new one.</param>
    /// <param name="code">The refusal's code.</param>
    public static Rejection? NotSuperseded(DateOnly? knownOn, Moment moment, string code = FactTooEarly) =>
        moment.OccurredOn < knownOn ? Refuse.Field(code, "occurredOn", "A newer one is known already.") : null;

    /// <summary>A period whose last day belongs to it.</summary>
    public static Rejection? Period(DateOnly startsOn, DateOnly? endsOn, string field) =>
        endsOn < startsOn ? Refuse.Field(PeriodReversed, field, "The last day lies before the first.") : null;

    /// <summary>A list within its limit, without absent entries, each of which satisfies the rule.</summary>
    public static Rejection? Each<T>(IReadOnlyList<T> list, string field, Func<T, string, Rejection?> rule)
    {
        if (list.Count > Limits.ListLength)
        {
            return Refuse.Field(ListTooLong, field, $"A list has at most {Limits.ListLength} entries.");
        }
        for (var i = 0; i < list.Count; i++)
        {
            var path = $"{field}[{Plain(i)}]";
            if ((list[i] is null ? Missing(path) : rule(list[i], path)) is { } refused)
            {
                return refused;
            }
        }
        return null;
    }

    /// <summary>No two entries have the same key. Entries are present: <see cref="Each{T}"/> comes first.</summary>
    public static Rejection? Distinct<T, TKey>(IReadOnlyList<T> list, Func<T, TKey> key, string field)
    {
        var seen = new HashSet<TKey>();
        for (var i = 0; i < list.Count; i++)
        {
            if (!seen.Add(key(list[i])))
            {
                return Refuse.Field(DuplicateEntry, $"{field}[{Plain(i)}]", "This entry stands in the list twice.");
            }
        }
        return null;
    }

    public static Rejection? Some<T>(IReadOnlyList<T> list, string field) => list.Count > 0 ? null : Missing(field);

    private static Rejection Missing(string field) => Refuse.Field(FieldRequired, field, "This must not be empty.");

    private static Rejection TooEarly(string field) =>
        Refuse.Field(DateTooEarly, field, $"Nothing here is older than {Limits.EarliestDay:yyyy-MM-dd}.");

    private static Rejection? Text(string? text, int most, string field) =>
        AtMost(text?.Length, most, field)
        ?? (text is null || TextForm.IsWords(text)
            ? null
            : Refuse.Field(TextUnprintable, field, "This has a control character that is neither line break nor tab."));

    private static Rejection? AtMost(int? length, int limit, string field) =>
        length > limit ? Refuse.Field(TextTooLong, field, $"A text here has at most {Plain(limit)} characters.") : null;

    private static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);
}
