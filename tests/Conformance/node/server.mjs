// The other way to the server: plain HTTP, to make something happen.
import { headersOf } from './token.mjs';

const { ADDRESS, OPERATOR, WORKER, OTHER_WORKER, COORDINATOR } = process.env;

export async function ask(token, query, variables) {
  const answer = await fetch(ADDRESS, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(token) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function command(token, name, input) {
  const type = name[0].toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) {
    ${name}(input: $input) {
      accepted position version userErrors { ... on InvalidField { code } ... on IllegalStep { code } }
    }
  }`;
  const reply = (await ask(token, query, { input }))[name];
  if (!reply.accepted) throw new Error(JSON.stringify(reply.userErrors));
  return reply;
}

const newId = (kind) => `${kind}-${crypto.randomUUID()}`;

/** Registering twice changes nothing. */
export async function registerMunicipalities() {
  await command(OPERATOR, 'registerMunicipality', { municipality: '320', name: 'Kemijärvi' });
  await command(OPERATOR, 'registerMunicipality', { municipality: '837', name: 'Tampere' });
}

export const person = (municipality) => ({
  clientId: newId('client'), municipality, lastName: 'Esimerkki', firstNames: 'Eeva', birthYear: 1980,
  temporaryIdentifier: newId('person'), synthetic: true,
});

export async function registerClient(municipality = '320') {
  const input = person(municipality);
  const { position } = await command(municipality === '320' ? WORKER : OTHER_WORKER, 'registerClient', input);
  return { clientId: input.clientId, position };
}

export const receiveReferral = (clientId) => command(WORKER, 'receiveReferral', {
  clientId, referralId: newId('referral'), source: 'KELA', reason: 'NEED', urgency: 3,
});

export async function registerCentre() {
  const dropInCentreId = newId('centre');
  await command(COORDINATOR, 'registerDropInCentre', {
    dropInCentreId, municipality: '320', name: 'Asukastupa',
    openingDays: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'],
  });
  return dropInCentreId;
}

export const recordVisits = (dropInCentreId, visits) =>
  command(COORDINATOR, 'recordVisits', { dropInCentreId, visits });
