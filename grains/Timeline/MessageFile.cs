using System.Text.Json;

namespace OsstOrleans.Grains.Timeline;

/// <summary>The words of one language, as its file beside this one has them.</summary>
/// <param name="Language">fi, sv or en.</param>
/// <param name="Unknown">For an event that a newer version wrote.</param>
/// <param name="Dates">How a day is written.</param>
/// <param name="Months">How a calendar month is written.</param>
/// <param name="Money">How an amount is written; {0} is the number.</param>
/// <param name="DecimalSign">Between euros and cents.</param>
/// <param name="Events">A sentence for each stored name of a client's event.</param>
/// <param name="Values">Words for each member of each enumeration that sentences name.</param>
/// <param name="Words">A heading for each field that holds a person's own words.</param>
/// <param name="Roles">Words for each role of an actor.</param>
internal sealed record MessageFile(
    string Language, string Unknown, string Dates, string Months, string Money, string DecimalSign,
    Dictionary<string, string> Events, Dictionary<string, Dictionary<string, string>> Values,
    Dictionary<string, string> Words, Dictionary<string, string> Roles)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static MessageFile Read(string language)
    {
        var name = $"OsstOrleans.Grains.Timeline.messages-{language}.json";
        using var stream = typeof(MessageFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"There is no message file {name}.");
        return JsonSerializer.Deserialize<MessageFile>(stream, Json)
            ?? throw new InvalidDataException($"The message file {name} is empty.");
    }
}
