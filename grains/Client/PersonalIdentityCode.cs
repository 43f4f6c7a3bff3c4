using System.Globalization;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// The form of a <em>henkilötunnus</em>: ddMMyy, a sign of the century, three digits and a control character, which
/// is the remainder of the nine digits by 31. Individual numbers begin at 002; those of 900-999 are artificial: given
/// where no code is known yet, or to made-up persons. They are accepted, and say nothing of who is who.
/// </summary>
public static class PersonalIdentityCode
{
    /// <summary>The earliest year of birth of a client.</summary>
    public const int EarliestBirthYear = 1900;

    private const int LeastIndividualNumber = 2;
    private const string ControlCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    /// <summary>The birth year that a code says; null for a text that is none.</summary>
    public static int? BirthYearOf(PersonalText? code) =>
        code is { IsEmpty: false } given && TryBirthYear(given.Reveal()!, out var year) ? year : null;

    /// <summary>As it is written officially: capital letters, and a hyphen for the dashes of spreadsheets.</summary>
    public static PersonalText? Normal(PersonalText? code) => code is { IsEmpty: false } given
        ? new PersonalText(string.Concat(given.Reveal()!.ToUpperInvariant().Select(Plain)))
        : code;

    internal static Rejection? Check(string code, int birthYear, string field) =>
        !TryBirthYear(code, out var year)
            ? Refuse.Field(PersonalIdentityCodeInvalid, field, "The form or the control character is wrong.")
        : year != birthYear ? Refuse.Field(BirthYearMismatch, "birthYear", "The identity code has another birth year.")
        : null;

    /// <summary>True for a code of the right form whose individual number is artificial.</summary>
    internal static bool IsArtificial(string code) => TryBirthYear(code, out _) && code[7] == '9';

    /// <summary>The day of the month of birth, 1 to 31; null when the text is no such code.</summary>
    internal static int? BirthDayOf(string? code) =>
        code is not null && TryBirthYear(code, out _)
            ? int.Parse(code.AsSpan(0, 2), CultureInfo.InvariantCulture)
            : null;

    private static bool TryBirthYear(string code, out int year)
    {
        year = 0;
        if (code.Length != 11 || CenturyOf(code[6]) is not { } century)
        {
            return false;
        }
        var digits = string.Concat(code.AsSpan(0, 6), code.AsSpan(7, 3));
        if (!digits.All(char.IsAsciiDigit))
        {
            return false;
        }
        var number = int.Parse(digits, CultureInfo.InvariantCulture);
        year = century + (number / 1_000 % 100);
        return number % 1_000 >= LeastIndividualNumber
            && ControlCharacters[number % 31] == code[10]
            && DateOnly.TryParseExact(
                string.Create(CultureInfo.InvariantCulture, $"{code[..4]}{year}"),
                "ddMMyyyy",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _);
    }

    private static char Plain(char sign) => sign is (>= '\u2010' and <= '\u2013') or '\u2212' ? '-' : sign;

    /// <summary>The signs -, U-Y and A-F; those beside - and A have been given out since 2023.</summary>
    private static int? CenturyOf(char sign) => sign switch
    {
        '+' => 1800,
        '-' or (>= 'U' and <= 'Y') => 1900,
        >= 'A' and <= 'F' => 2000,
        _ => null,
    };
}
