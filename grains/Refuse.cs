namespace OsstOrleans.Grains;

/// <summary>Puts a rejection into words. Messages never repeat a caller's value: it could be about a person.</summary>
internal static class Refuse
{
    public static Rejection Field(string code, string field, string message) =>
        new(RejectionKind.InvalidField, code, field, message);

    public static Rejection Step(string code, string field, string message) =>
        new(RejectionKind.IllegalStep, code, field, message);

    public static Rejection NotRegistered(string what) =>
        new(RejectionKind.NotFound, RejectionCodes.NotRegistered, "id", $"This {what} has not been registered.");

    public static Rejection OtherRegister { get; } = Step(
        RejectionCodes.OtherMunicipality, "register", "This client is in another municipality's register.");

    public static Rejection NotKnown(string what) =>
        Field(RejectionCodes.CommandNotKnown, "command", $"This is not a command for a {what}.");

    public static Rejection Limit(string field, int limit) =>
        Step(RejectionCodes.LimitReached, field, $"There are {limit} already, which is the limit.");
}
