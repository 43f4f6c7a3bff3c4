// The part of the contract that the benchmark asks, over the answers that the platform itself gave.
import { readFileSync } from 'node:fs';

const { municipality, caseload } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

export const port = Number(process.argv[3]);

export const typeDefs = `
  type Query {
    municipality(code: String!): Municipality
    caseload(municipality: String!, first: Int! = 50): CaseloadConnection!
  }
  type Municipality { code: String! name: String! reviewIntervalDays: Int! }
  type CaseloadConnection { nodes: [CaseloadEntry!]! }
  type CaseloadEntry { clientId: ID! status: CaseStatus! birthYear: Int! }
  enum CaseStatus {
    REGISTERED REFERRED NOT_INVESTIGATED CONTACTED MEETING_BOOKED MET ASSESSED NO_CLIENTSHIP IN_PLAN CLOSED
  }
`;

export const resolvers = {
  Query: {
    municipality: (_, { code }) => (code === municipality.code ? municipality : null),
    caseload: (_, { first }) => ({ nodes: caseload.nodes.slice(0, first) }),
  },
};
