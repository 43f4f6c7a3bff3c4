namespace OsstOrleans.Gateway.Resolvers;

/// <summary>How long a page may be.</summary>
internal sealed class PageSizes(int most)
{
    /// <summary>The contract's size of a page where the caller asks for none.</summary>
    public const int Usual = 50;

    /// <summary>The size asked for; the usual one when none is.</summary>
    public int Of(FieldCall call, string argument) => OrNull(call, argument) ?? Usual;

    /// <summary>The size asked for; null when none is.</summary>
    /// <exception cref="FieldFault">It is too small or too large.</exception>
    public int? OrNull(FieldCall call, string argument) => call.Arguments.GetOrDefault<int?>(argument) switch
    {
        < 1 => throw CaseloadResolvers.BadInput(argument, "A page has at least one line."),
        { } size when size > most => throw new FieldFault(
            ErrorCodes.LimitPageSize, $"A page has at most {most} lines.",
            new Dictionary<string, object?> { ["field"] = argument, ["limit"] = most }),
        var size => size,
    };
}
