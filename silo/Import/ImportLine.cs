using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// One line of an import, as read: an <see cref="IClientLine"/> or an <see cref="IGrainLine"/>. The names of its
/// properties in camelCase are the columns and keys of files: they may only grow. Everything may be absent;
/// <see cref="Missing"/> says what must not be.
/// </summary>
public interface IImportLine
{
    /// <summary>The day it happened; today when absent.</summary>
    DateOnly? OccurredOn { get; }

    /// <summary>The same line of another day.</summary>
    IImportLine On(DateOnly day);

    /// <summary>What has its own order: lines that name the same are taken one after the other.</summary>
    string? Subject();

    /// <summary>The first field that is needed and not given; null when all are.</summary>
    Rejection? Missing();

    /// <summary>
    /// True when the line says how something is now, and not what happened on a day. Such a line counts again when
    /// another one came in between.
    /// </summary>
    bool SaysHowItIs();

    /// <summary>The sender's identifier of what is recorded, by which the line is known; null when it gives none.
    /// </summary>
    string? Entry() => null;

    /// <summary>What the line asks for. Asked only when nothing is missing.</summary>
    ICommand Command();
}

/// <summary>A line about a grain that it names itself, and that is no person's.</summary>
internal interface IGrainLine : IImportLine
{
    /// <summary>The grain. Asked only when nothing is missing.</summary>
    GrainName Grain();
}

/// <summary>A line about one client, named by an identifier of the sending system or by the platform's own.</summary>
internal interface IClientLine : IImportLine
{
    /// <summary>The sending system's identifier of the client.</summary>
    string? ExternalId { get; }

    /// <summary>The platform's own identifier of the client.</summary>
    string? ClientId { get; }

    /// <summary>The register that the sender takes the client for; null when the line does not say.</summary>
    string? Municipality { get; }

    /// <summary>
    /// The register that the client must be of; null where the line does not say, or its command judges it.
    /// </summary>
    string? Register() => null;

    /// <summary>How to register an unknown client; null when the line does not say.</summary>
    RegisterClient? Person();

    /// <summary>What the line asks of its client. Asked only when nothing is missing.</summary>
    /// <param name="registers">Whether an unknown client is registered.</param>
    ICommand Command(bool registers);

    ICommand IImportLine.Command() => Command(registers: true);
}

/// <summary>Rules of lines before any grain is asked.</summary>
internal static partial class LineRules
{
    /// <summary>Longest identifier of another system.</summary>
    public const int ExternalIdLength = 128;

    /// <summary>Exactly what is needed to know whom a line is about.</summary>
    public static Rejection? Named(IClientLine line) =>
        (line.ExternalId, line.ClientId) switch
        {
            (null or "", null or "") => Problem(
                ImportCodes.ClientNotNamed, "externalId", "A line names its client by externalId or clientId."),
            ({ Length: > ExternalIdLength }, _) => Problem(
                ImportCodes.ExternalIdTooLong, "externalId",
                $"An identifier has at most {ExternalIdLength} characters."),
            ({ } external, _) when IsRounded(external) => Problem(
                ImportCodes.ExternalIdRounded, "externalId",
                "A spreadsheet has rounded this identifier, as 1,23E+11; make its column text before it is filled."),
            ({ } external, _) when !TextForm.IsIdentifier(external) => Problem(
                RejectionCodes.TextUnprintable, "externalId",
                "This has a line break, or another character that does not show."),
            (_, { Length: > 0 } id) when !GrainName.IsValidKey(id) => Problem(
                RejectionCodes.IdInvalid, "clientId", "An identifier is 1-64 letters a-z, digits, '-' or '_'."),
            _ => null,
        };

    /// <summary>Many numbers have become one and the same: it would mean many people.</summary>
    private static bool IsRounded(string external) => Rounded().IsMatch(external);

    [GeneratedRegex("^[0-9]([.,][0-9]+)?E[+][0-9]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Rounded();

    /// <summary>
    /// An identity code says it where the line does not; null where neither does. A code of a wrong form is refused as
    /// such, and not for a year that is missing.
    /// </summary>
    public static int? BirthYear(int? given, PersonalText? code) =>
        given ?? PersonalIdentityCode.BirthYearOf(PersonalIdentityCode.Normal(code))
            ?? (code is { IsEmpty: false } ? PersonalIdentityCode.EarliestBirthYear : null);

    /// <summary>The first of some fields that is not given.</summary>
    public static Rejection? Given(params ReadOnlySpan<(object? Value, string Field)> fields)
    {
        foreach (var (value, field) in fields)
        {
            if (value is null or "" or PersonalText { IsEmpty: true })
            {
                return Problem(RejectionCodes.FieldRequired, field, "This must not be empty.");
            }
        }
        return null;
    }

    /// <summary>A name that no grain can have names none.</summary>
    public static Rejection? IsKey(string? key, string code, string field) => GrainName.IsValidKey(key)
        ? null
        : Problem(code, field, "An identifier is 1-64 letters a-z, digits, '-' or '_'.");

    /// <summary>
    /// A name that another system gives, within a client, as one of ours: the same in every kind of lines, so that a
    /// contact may name the referral that it answers.
    /// </summary>
    public static string OwnId(string id) => GrainName.IsValidKey(id)
        ? id
        : "n-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..32];

    public static Rejection Problem(string code, string field, string message) =>
        new(RejectionKind.InvalidField, code, field, message);
}

/// <summary>
/// Why a line is refused before any grain is asked. Callers act on these codes: they are added, never renamed.
/// </summary>
public static class ImportCodes
{
    /// <summary>The line is no JSON object, or a quoted cell does not end.</summary>
    public const string LineUnreadable = "LINE_UNREADABLE";

    /// <summary>The line is longer than a line may be.</summary>
    public const string LineTooLong = "LINE_TOO_LONG";

    /// <summary>The line's bytes are no UTF-8.</summary>
    public const string EncodingInvalid = "ENCODING_INVALID";

    /// <summary>The line has more or fewer cells than the file has columns.</summary>
    public const string ColumnCount = "COLUMN_COUNT";

    /// <summary>The line has a field that lines of this kind do not have.</summary>
    public const string FieldUnknown = "FIELD_UNKNOWN";

    /// <summary>A field's value has another form than it should: a text for a number, no date, no known word.</summary>
    public const string FieldUnreadable = "FIELD_UNREADABLE";

    /// <summary>The line names no client.</summary>
    public const string ClientNotNamed = "CLIENT_NOT_NAMED";

    /// <summary>An identifier of another system is too long.</summary>
    public const string ExternalIdTooLong = "EXTERNAL_ID_TOO_LONG";

    /// <summary>A spreadsheet has rounded an identifier of another system; it would mean many clients.</summary>
    public const string ExternalIdRounded = "EXTERNAL_ID_ROUNDED";

    /// <summary>
    /// The line names its client by both identifiers, and the external one does not mean that client. Who may say that
    /// it does links it first.
    /// </summary>
    public const string ExternalIdNotLinked = "EXTERNAL_ID_NOT_LINKED";

    /// <summary>
    /// The sender has several registers, the line names none, and the identifier means clients of more than one.
    /// </summary>
    public const string ExternalIdAmbiguous = "EXTERNAL_ID_AMBIGUOUS";

    /// <summary>The identifier means no known client, and the line does not say how to register one.</summary>
    public const string ExternalIdUnknown = "EXTERNAL_ID_UNKNOWN";

    /// <summary>The sender's role or municipality does not allow it.</summary>
    public const string NotAllowed = "NOT_ALLOWED";
}
