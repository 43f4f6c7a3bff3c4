// What this client asks. The build checks each document against the contract and makes its types.
import { graphql } from './generated/index.js';

export const figures = graphql(`
  query Figures($municipalities: [String!]!, $minPosition: Long) {
    caseloadMetrics(municipalities: $municipalities, minPosition: $minPosition) {
      asOf { position }
      clients
      withheld
      byStatus { status count }
    }
  }
`);

export const lateReviews = graphql(`
  query LateReviews($municipality: String!) {
    caseload(municipality: $municipality, filter: { overdue: REVIEW }) { totalCount }
  }
`);

export const register = graphql(`
  mutation Register($input: RegisterClientInput!) {
    registerClient(input: $input) {
      accepted
      version
      position
      userErrors {
        __typename
        ... on InvalidField { code field message }
        ... on IllegalStep { code field message }
        ... on NotFound { code message }
        ... on VersionConflict { actualVersion message }
      }
    }
  }
`);

export const live = graphql(`
  subscription Live($municipalities: [String!]!) {
    caseloadMetrics(municipalities: $municipalities) { asOf { position } clients }
  }
`);
