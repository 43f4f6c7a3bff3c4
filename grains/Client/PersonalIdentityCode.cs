using System.Globalization;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// The form of a <em>henkilötunnus</em>: ddMMyy, a sign of the century, three digits and a control character, which
/// is the remainder of the nine digits by 31. Individual numbers 900-999 mark made-up persons and are accepted.
/// </summary>
internal static class PersonalIdentityCode
{
    private const string ControlCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    public static Rejection? Check(string code, int birthYear, string field) =>
        !TryBirthYear(code, out var year)
            ? Refuse.Field(PersonalIdentityCodeInvalid, field, "The form or the control character is wrong.")
        : year != birthYear ? Refuse.Field(BirthYearMismatch, "birthYear", "The identity code has another birth year.")
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
        return ControlCharacters[number % 31] == code[10]
            && DateOnly.TryParseExact(
                string.Create(CultureInfo.InvariantCulture, $"{code[..4]}{year}"),
                "ddMMyyyy",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _);
    }

    /// <summary>The signs -, U-Y and A-F; those beside - and A have been given out since 2023.</summary>
    private static int? CenturyOf(char sign) => sign switch
    {
        '+' => 1800,
        '-' or (>= 'U' and <= 'Y') => 1900,
        >= 'A' and <= 'F' => 2000,
        _ => null,
    };
}
