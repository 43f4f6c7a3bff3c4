using System.Text.Json;
using System.Text.Json.Nodes;

namespace OsstOrleans.Silo.Import;

/// <summary>What a file holds.</summary>
public enum ImportKind
{
    /// <summary>Kela's notifications to the municipality (<em>asiakasohjaus Kelasta kuntiin</em>, eTotu).</summary>
    KelaNotifications = 1,

    /// <summary>Months on basic social assistance from Kela's register.</summary>
    BenefitMonths = 2,

    /// <summary>Periods from the register of the employment services (<em>TE-palvelut</em>).</summary>
    TePeriods = 3,

    /// <summary>Visits of drop-in centres, counted by day.</summary>
    Visits = 4,

    /// <summary>Clients and their basic data from a client record system.</summary>
    Clients = 5,

    /// <summary>Published statistics of municipalities, by month: no person's data.</summary>
    RegisterPanel = 6,
}

/// <summary>What each kind is called on the command line, and the form of its lines.</summary>
public static class ImportKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ImportKind> All { get; } = Enum.GetValues<ImportKind>();

    /// <summary>The name on the command line, e.g. <c>benefit-months</c>. Part of each line's command id.</summary>
    public static string NameOf(ImportKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>The kind of a name; null when there is none of that name.</summary>
    public static ImportKind? Find(string name) =>
        All.Cast<ImportKind?>().FirstOrDefault(kind => NameOf(kind!.Value) == name);

    /// <summary>
    /// True when a line names a client, so that only a sender who speaks for its source may send it.
    /// </summary>
    public static bool NamesClients(ImportKind kind) => LineOf(kind).IsAssignableTo(typeof(IClientLine));

    /// <summary>The record that a line of this kind is read into.</summary>
    public static Type LineOf(ImportKind kind) => kind switch
    {
        ImportKind.KelaNotifications => typeof(KelaNotificationLine),
        ImportKind.BenefitMonths => typeof(BenefitMonthLine),
        ImportKind.TePeriods => typeof(TePeriodLine),
        ImportKind.Visits => typeof(VisitsLine),
        ImportKind.Clients => typeof(ClientLine),
        ImportKind.RegisterPanel => typeof(RegisterPanelLine),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// The fields that every line of this kind has to give, as its own rules say. Whom a client's line is about comes
    /// beside them: an identifier of either kind.
    /// </summary>
    public static IReadOnlyList<string> NeededBy(ImportKind kind)
    {
        var (fields, line) = (LineJson.FieldsOf(kind), new JsonObject());
        while (((IImportLine?)line.Deserialize(LineOf(kind), LineJson.Options))!.Missing() is { Field: var field }
            && line.TryAdd(field, SampleOf(fields[field])))
        {
        }
        return [.. line.Select(given => given.Key)];
    }

    private static JsonNode SampleOf(Type type) =>
        type == typeof(int) || type == typeof(long) ? 1
        : type == typeof(DateOnly) ? "2018-03-01"
        : type.IsEnum ? JsonNamingPolicy.SnakeCaseUpper.ConvertName(Enum.GetNames(type)[0])
        : "x";
}
