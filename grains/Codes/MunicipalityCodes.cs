using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Codes;

/// <summary>
/// Municipalities are codes with days: those of Statistics Finland, which end when municipalities merge, and made-up
/// ones for synthetic clients.
/// </summary>
internal static class MunicipalityCodes
{
    /// <summary>Null when there was such a municipality on the day it happened.</summary>
    public static Rejection? Check(string? code, Moment moment, string field) =>
        code is not { Length: 3 } || !code.All(char.IsAsciiDigit)
            ? Refuse.Field(MunicipalityCodeInvalid, field, "A municipality's code is three digits.")
            : Require.Code(new CodedValue(ListOf(code), code), CodedFields.Municipality, moment, field);

    /// <summary>Null when a client may live there: a person in no made-up municipality.</summary>
    public static Rejection? OfClient(string? code, bool isSynthetic, Moment moment) =>
        Check(code, moment, "municipality")
        ?? (isSynthetic || !IsMadeUp(code!) ? null
            : Refuse.Field(MunicipalityMadeUp, "municipality", "Only synthetic clients live there; it is made up."));

    private static string ListOf(string code) =>
        IsMadeUp(code) ? CodeSystems.MadeUpMunicipalities : CodeSystems.Municipalities;

    private static bool IsMadeUp(string code) =>
        CodeSystems.Exists(new CodedValue(CodeSystems.MadeUpMunicipalities, code));
}
