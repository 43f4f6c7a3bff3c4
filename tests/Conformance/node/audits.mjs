// Every audit of GraphQL over HTTP against the running server. Prints one JSON array of {id, name, status, reason}.
import { serverAudits } from 'graphql-http';

const { ADDRESS: url, TOKEN: token } = process.env;

const results = [];
const audits = serverAudits({
  url,
  fetchFn: (address, init) =>
    fetch(address, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } }),
});
for (const audit of audits) {
  const result = await audit.fn();
  results.push({ id: audit.id, name: audit.name, status: result.status, reason: result.reason ?? null });
}
console.log(JSON.stringify(results));
