
namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Whose matter an error is.</summary>
internal enum ErrorClass
{
    Request,
    Validation,
    Authorization,
    Limit,
    Internal,
}

/// <summary>A code as the contract has it.</summary>
/// <param name="Code">The <c>extensions.code</c>.</param>
/// <param name="Class">Whose matter it is.</param>
/// <param name="Retry">The same request may be answered later as it is.</param>
internal sealed record ErrorCodeInfo(string Code, ErrorClass Class, bool Retry = false);

/// <summary>Every code that an error can have, and what kind it is.</summary>
internal static class ErrorCodeResolvers
{
    public static IReadOnlyList<ErrorCodeInfo> All { get; } =
    [
        .. Of(ErrorClass.Request, false, GraphQLErrorCodes.BadRequest, GraphQLErrorCodes.Syntax,
            GraphQLErrorCodes.Operation, ErrorCodes.PostOnly, ErrorCodes.DocumentNotFound, ErrorCodes.NotFound),
        .. Of(ErrorClass.Validation, false, GraphQLErrorCodes.Validation, GraphQLErrorCodes.Variables,
            ErrorCodes.BadInput),
        .. Of(ErrorClass.Authorization, false, ErrorCodes.Unauthenticated, ErrorCodes.Forbidden,
            ErrorCodes.NotInStaff, ErrorCodes.PurposeMissing, ErrorCodes.PurposeNotAllowed,
            ErrorCodes.SmallCellRule, ErrorCodes.DocumentNotTrusted),
        .. Of(ErrorClass.Limit, false, ErrorCodes.LimitBody, GraphQLErrorCodes.LimitBatch,
            GraphQLErrorCodes.LimitBytes, GraphQLErrorCodes.LimitTokens, GraphQLErrorCodes.LimitDepth,
            GraphQLErrorCodes.LimitAliases, GraphQLErrorCodes.LimitSelections, GraphQLErrorCodes.LimitFragments,
            GraphQLErrorCodes.LimitComparisons, GraphQLErrorCodes.LimitIntrospection, GraphQLErrorCodes.LimitCost,
            GraphQLErrorCodes.LimitItems, ErrorCodes.LimitPageSize, ErrorCodes.LimitLines),
        .. Of(ErrorClass.Limit, true, ErrorCodes.LimitOperations, ErrorCodes.LimitSearches, GraphQLErrorCodes.Timeout,
            LimitCodes.GrainBusy, LimitCodes.GrainContended, LimitCodes.StoreBusy, LimitCodes.NotYetVisible,
            LimitCodes.StaffNotCurrent, LimitCodes.SearchNotReady),
        .. Of(ErrorClass.Internal, true, ErrorCodes.StoreUnavailable),
        .. Of(ErrorClass.Internal, false, GraphQLErrorCodes.NullValue, GraphQLErrorCodes.Internal),
    ];

    public static ResolverMap AddErrorCodes(this ResolverMap map) => map
        .Root("Query", "errorCodes", _ => ValueTask.FromResult(All))
        .Object<ErrorCodeInfo>("ErrorCodeInfo");

    private static IEnumerable<ErrorCodeInfo> Of(ErrorClass kind, bool retry, params IEnumerable<string> codes) =>
        codes.Select(code => new ErrorCodeInfo(code, kind, retry));
}
