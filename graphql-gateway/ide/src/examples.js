// One tab for each kind of user. The first line of each says whose token it needs.
import batch from '../examples/batch.graphql';
import centres from '../examples/drop-in-staff.graphql';
import find from '../examples/find-clients.graphql';
import integration from '../examples/integration.graphql';
import live from '../examples/live.graphql';
import operator from '../examples/operator.graphql';
import researcher from '../examples/researcher.graphql';
import worker from '../examples/social-worker.graphql';

const newId = () => crypto.randomUUID();

const person = () => ({
  input: {
    clientId: `client-${newId().slice(0, 8)}`, commandId: newId(), municipality: '320', lastName: 'Synteettinen',
    firstNames: 'Esimerkki', birthYear: 1980, temporaryIdentifier: `T-${newId().slice(0, 8)}`, synthetic: true,
  },
});

const people = () => ({
  commands: [person(), person()].map(({ input }) => ({ registerClient: input })),
});

const tab = (query, variables) => ({ query, variables: variables && JSON.stringify(variables, null, 2) });

export const examples = () => [
  tab(worker, { municipality: '320' }),
  tab(find, { register: '320', name: 'syn esi' }),
  tab(researcher),
  tab(integration, person()),
  tab(batch, people()),
  tab(operator),
  tab(centres, { municipality: '320' }),
  tab(live, { municipalities: ['320'] }),
];
