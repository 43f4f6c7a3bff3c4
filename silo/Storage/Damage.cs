using System.Security.Cryptography;
using System.Text.Json;

namespace OsstOrleans.Silo.Storage;

/// <summary>What reading shows of bytes that are not those that were written.</summary>
internal static class Damage
{
    /// <summary>
    /// True for what making a value of stored bytes throws: no identifier, a day or time that no calendar has, NULL
    /// where there is none, no JSON of that form, another seal. Reading a row throws none of these for another reason.
    /// </summary>
    public static bool IsShownBy(Exception fault) => fault is ArgumentException or FormatException
        or OverflowException or InvalidCastException or JsonException or CryptographicException;
}
