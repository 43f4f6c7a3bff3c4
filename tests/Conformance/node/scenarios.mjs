// Each scenario is told what the client under test can do; it fails by throwing.
import assert from 'node:assert/strict';
import {
  person, receiveReferral, recordVisits, registerCentre, registerClient, registerMunicipalities,
} from './server.mjs';

const { ADDRESS: address, WORKER, SHORT } = process.env;

const figures = `subscription ($codes: [String!]) {
  caseloadMetrics(municipalities: $codes) { asOf { position } clients }
}`;
const client = 'subscription ($id: ID!) { clientChanged(id: $id) { id version lastName } }';
const visits = `subscription ($codes: [String!]) {
  visitsRecorded(municipalities: $codes) { dropInCentreId days { visits } }
}`;
const worklists = `subscription ($code: String!) {
  worklistsChanged(municipality: $code) {
    lists(kinds: [NEW_REFERRALS]) { kind count items(first: 200) { nodes { entry { clientId } } } }
  }
}`;
const own = { codes: ['320'] };

export async function figuresComeAtOnceAndAfterAMutation({ connect }) {
  const peer = connect({ address, token: WORKER });
  const stream = peer.subscribe(figures, own);
  const first = (await stream.data()).caseloadMetrics;
  const { position } = await registerClient();
  const then = (await stream.data((d) => d.caseloadMetrics.asOf.position >= position)).caseloadMetrics;
  assert.equal(then.clients, (first.clients ?? 0) + 1);
  await peer.close();
}

export async function aClientsChangesAreTold({ connect }) {
  const { clientId } = await registerClient();
  const peer = connect({ address, token: WORKER });
  const stream = peer.subscribe(client, { id: clientId });
  const first = (await stream.data()).clientChanged;
  assert.deepEqual(first.lastName, 'Esimerkki');
  const { version } = await receiveReferral(clientId);
  assert.ok(version > first.version);
  await stream.data((d) => d.clientChanged.version === version);
  assert.equal(stream.unread, 0);
  await peer.close();
}

export async function worklistsAreTold({ connect }) {
  const peer = connect({ address, token: WORKER });
  const stream = peer.subscribe(worklists, { code: '320' });
  const [first] = (await stream.data()).worklistsChanged.lists;
  const { clientId } = await registerClient();
  await receiveReferral(clientId);
  const then = await stream.data((d) => d.worklistsChanged.lists[0].count > first.count);
  const [list] = then.worklistsChanged.lists;
  assert.equal(list.kind, 'NEW_REFERRALS');
  assert.ok(list.items.nodes.some((item) => item.entry.clientId === clientId));
  const other = peer.subscribe(worklists, { code: '837' });
  assert.equal((await other.end()).code, 'FORBIDDEN');
  await peer.close();
}

export async function visitsAreTold({ connect }) {
  const centre = await registerCentre();
  const peer = connect({ address, token: WORKER });
  const stream = peer.subscribe(visits, own);
  await stream.data((d) => d.visitsRecorded.dropInCentreId === centre && d.visitsRecorded.days.length === 0);
  await recordVisits(centre, 17);
  await stream.data((d) => d.visitsRecorded.dropInCentreId === centre && d.visitsRecorded.days[0]?.visits === 17);
  await peer.close();
}

export async function nothingAfterUnsubscribing({ connect }) {
  const { clientId } = await registerClient();
  const peer = connect({ address, token: WORKER });
  const left = peer.subscribe(client, { id: clientId });
  const kept = peer.subscribe(client, { id: clientId });
  await Promise.all([left.data(), kept.data()]);
  left.unsubscribe();
  const { version } = await receiveReferral(clientId);
  await kept.data((d) => d.clientChanged.version === version);
  while (left.unread > 0) assert.equal((await left.any()).kind, 'complete');
  await peer.close();
}

export async function aReconnectSeesTheCurrentState({ connect }) {
  const { clientId } = await registerClient();
  let missed = null;
  const peer = connect({
    address, token: WORKER,
    beforeRetry: async () => { missed = await receiveReferral(clientId); },
  });
  const stream = peer.subscribe(client, { id: clientId });
  await stream.data();
  peer.cut();
  const { version } = (await stream.data()).clientChanged;
  assert.equal(version, missed.version);
  await peer.close();
}

export async function noTokenIsRefused({ connect, isRefusal }) {
  const peer = connect({ address, token: null });
  const end = await peer.subscribe(figures, own).end();
  assert.ok(isRefusal(end), String(end));
  await peer.close();
}

export async function anExpiredTokenEndsTheStream({ connect, isExpiry }) {
  let end;
  for (const token of SHORT.split(' ')) { // On a loaded machine the first ones expire before they are used.
    const peer = connect({ address, token });
    const stream = peer.subscribe(figures, own);
    if (await stream.data().then(() => true, () => false)) end = await stream.end();
    await peer.close();
    if (end !== undefined) break;
  }
  assert.ok(isExpiry(end), String(end));
}

export async function anotherMunicipalitysClientIsForbidden({ connect }) {
  const { clientId } = await registerClient('837');
  const peer = connect({ address, token: WORKER });
  assert.equal((await peer.subscribe(client, { id: clientId }).end()).code, 'FORBIDDEN');
  assert.equal((await peer.subscribe(client, { id: 'nobody' }).end()).code, 'FORBIDDEN');
  await peer.close();
}

export async function queriesAndMutationsWorkToo({ connect }) {
  const peer = connect({ address, token: WORKER });
  const asked = peer.subscribe('query { me { role } }');
  assert.equal((await asked.data()).me.role, 'coordinator');
  assert.equal(await asked.end(), null);
  const told = peer.subscribe(
    'mutation ($input: RegisterClientInput!) { registerClient(input: $input) { accepted } }',
    { input: person('320') });
  assert.equal((await told.data()).registerClient.accepted, true);
  await peer.close();
}

export async function anInvalidDocumentIsAnError({ connect }) {
  const peer = connect({ address, token: WORKER });
  assert.equal((await peer.subscribe('subscription { nothing }').end()).code, 'VALIDATION');
  // The connection, where there is one, goes on.
  await peer.subscribe(figures, own).data();
  await peer.close();
}

export const prepare = registerMunicipalities;
