using System.Text;

namespace OsstOrleans.Grains;

/// <summary>
/// Numbers of telephones in one form, the international one with a plus (E.164), so that one number is one however it
/// was written: <c>040 123 4567</c> and <c>+358 40 1234567</c>.
/// </summary>
public static class PhoneNumbers
{
    private const string Finland = "358";
    private const int LeastDigits = 7;
    private const int MostDigits = 15;

    /// <summary>The number in its one form; null for what is no number.</summary>
    public static string? Normal(string? text)
    {
        var digits = new StringBuilder();
        var given = (text ?? "").Trim();
        foreach (var letter in given.StartsWith('+') ? given[1..] : given)
        {
            if (char.IsAsciiDigit(letter))
            {
                digits.Append(letter);
            }
            else if (letter is not (' ' or '-' or '(' or ')' or '/' or '.' or '\u00a0'))
            {
                return null;
            }
        }
        var number = digits.ToString();
        var whole = given.StartsWith('+') ? number
            : number.StartsWith("00", StringComparison.Ordinal) ? number[2..]
            : number.StartsWith('0') ? Finland + number[1..]
            : number.StartsWith(Finland, StringComparison.Ordinal) ? number
            : "";
        return whole.Length is >= LeastDigits and <= MostDigits && whole[0] != '0' ? $"+{whole}" : null;
    }
}
