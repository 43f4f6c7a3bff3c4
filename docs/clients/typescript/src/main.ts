// OSST_URL and OSST_TOKEN say where and who; the token is of a social worker, e.g.
// ./osst token --role social-worker --municipality 320 --subject w-320-01
import { figures, lateReviews, live, register } from './documents.js';
import { Platform, PlatformError } from './platform.js';

const { OSST_URL: url = 'http://127.0.0.1:5080/graphql', OSST_TOKEN: token, OSST_MUNICIPALITY: municipality = '320' } =
  process.env;
if (!token) throw new Error('Set OSST_TOKEN.');

const platform = new Platform(url, token, 'client-work');
const municipalities = [municipality];

const { caseloadMetrics: before } = await platform.ask(figures, { municipalities });
console.log(`${municipality} has ${before?.clients ?? 'few'} clients.`);

// The id is made once and kept with the command: whoever sends it again, after a break or a crash, changes nothing.
const input = {
  commandId: crypto.randomUUID(), clientId: `sample-${crypto.randomUUID()}`, municipality,
  lastName: 'Synteettinen', firstNames: 'Esimerkki', birthYear: 1980, temporaryIdentifier: 'T-1', synthetic: true,
};
const { registerClient: first } = await platform.ask(register, { input });
const { registerClient: again } = await platform.ask(register, { input });
if (!first?.accepted || !again?.accepted) throw new Error(JSON.stringify(first?.userErrors));
const recorded = first.position === again.position ? 'once' : 'twice';
console.log(`Registered as version ${first.version}; sent twice, recorded ${recorded}.`);

// A rejection is an answer, not a failure: it says which rule and which field.
const { registerClient: rejected } = await platform.ask(register, {
  input: { ...input, commandId: crypto.randomUUID(), clientId: `sample-${crypto.randomUUID()}`, birthYear: 1066 },
});
for (const error of rejected?.userErrors ?? []) {
  if (error.__typename === 'InvalidField') console.log(`Rejected: ${error.code} in ${error.field}.`);
}

// Clients of other municipalities are nobody else's business.
try {
  await platform.ask(lateReviews, { municipality: municipality === '837' ? '320' : '837' });
} catch (error) {
  if (!(error instanceof PlatformError)) throw error;
  console.log(`Refused: ${error.code}.`);
}

for await (const { caseloadMetrics: now } of platform.watch(live, { municipalities })) {
  if (now.asOf.position < (first.position ?? 0)) continue;
  console.log(`${municipality} has ${now.clients} clients now.`);
  break;
}
