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
            : moment.Registers.SuccessorOf(code, moment.OccurredOn) is var next && next != code
                ? Ended(next, field)
            : Require.Code(new CodedValue(ListOf(code), code), CodedFields.Municipality, moment, field);

    /// <summary>Null for a municipality of the day, and for a county that keeps a register today.</summary>
    public static Rejection? CheckRegister(string code, Moment moment, string field) =>
        moment.Registers.IsCounty(code, moment.Today) ? null : Check(code, moment, field);

    /// <summary>
    /// Null when there was such a municipality on the day it happened, and there is today: who comes into its register
    /// is there from now on. What is recorded of those who are there already asks for the day alone, or for nothing.
    /// </summary>
    public static Rejection? CheckToday(string? code, Moment moment, string field) =>
        Check(code, moment, field)
        ?? (moment.Codes.IsValid(new CodedValue(ListOf(code!), code!), moment.Today) ? null
            : moment.Registers.SuccessorOf(code!, moment.Today) is var next && next != code ? Ended(next, field)
            : Refuse.Field(CodeNotInUse, field, "This municipality has ended; name the one that it is a part of."));

    /// <summary>Null when a client may come to live there: a person in no made-up municipality.</summary>
    public static Rejection? OfClient(string? code, bool isSynthetic, Moment moment) =>
        CheckToday(code, moment, "municipality")
        ?? (isSynthetic || !IsMadeUp(code!) ? null
            : Refuse.Field(MunicipalityMadeUp, "municipality", "Only synthetic clients live there; it is made up."));

    private static Rejection Ended(string successor, string field) => Refuse.Field(
        CodeNotInUse, field, $"This municipality has ended and is a part of {successor}; name that.");

    private static string ListOf(string code) =>
        IsMadeUp(code) ? CodeSystems.MadeUpMunicipalities : CodeSystems.Municipalities;

    private static bool IsMadeUp(string code) =>
        CodeSystems.Exists(new CodedValue(CodeSystems.MadeUpMunicipalities, code));
}
