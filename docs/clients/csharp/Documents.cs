namespace OsstOrleans.ClientSample;

/// <summary>What this client asks, and the answers' forms. A nullable field of the contract is nullable here.</summary>
internal static class Documents
{
    public const string Figures = """
        query Figures($municipalities: [String!]!, $minPosition: Long) {
          caseloadMetrics(municipalities: $municipalities, minPosition: $minPosition) {
            clients
            byStatus { status count }
          }
        }
        """;

    public const string LateReviews = """
        query LateReviews($municipality: String!) {
          caseload(municipality: $municipality, filter: { overdue: REVIEW }) { totalCount }
        }
        """;

    public const string Register = """
        mutation Register($input: RegisterClientInput!) {
          registerClient(input: $input) {
            accepted version position
            userErrors {
              ... on InvalidField { code field message }
              ... on IllegalStep { code field message }
              ... on NotFound { code message }
              ... on VersionConflict { message }
            }
          }
        }
        """;
}

internal sealed record FiguresData(Metrics? CaseloadMetrics);

internal sealed record Metrics(int? Clients, IReadOnlyList<StatusCount> ByStatus);

internal sealed record StatusCount(string Status, int? Count);

internal sealed record LateReviewsData(Caseload? Caseload);

internal sealed record Caseload(int TotalCount);

internal sealed record RegisterData(Outcome? RegisterClient);

/// <summary>A command's outcome. A rejection is part of the answer, not an error of it.</summary>
internal sealed record Outcome(bool Accepted, long? Version, long? Position, IReadOnlyList<Rejection> UserErrors);

/// <summary>Which rule refused the command, and which field of the input it is about.</summary>
internal sealed record Rejection(string? Code, string? Field, string Message);

/// <summary>The input of <c>registerClient</c>.</summary>
internal sealed record Registration(
    Guid CommandId, string ClientId, string Municipality, string LastName, string FirstNames, int BirthYear,
    string TemporaryIdentifier, bool Synthetic);
