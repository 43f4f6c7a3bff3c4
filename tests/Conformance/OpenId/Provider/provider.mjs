// A certified OpenID provider on loopback. Its people sign in by saying who they are (login_hint); nothing else is
// left out. POST /test/configure {logoutUri?, rotate?} changes it while it runs.
import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';

const audience = 'urn:osst:api';

const people = {
  aino: { role: 'social-worker', municipality: '320', acr: 'strong' },
  vaino: { role: 'social-worker', municipality: '837', acr: 'strong' },
  weak: { role: 'social-worker', municipality: '320', acr: 'password' },
};

const keys = [newKey()];
const cookieKeys = [randomUUID()];
const adapter = createMemoryAdapter(); // Sessions outlive a change of the settings.
let logoutUri;
let handle;

// Through PEM: Node 20 exports a key under a lock that the end of the job which made the key takes too, and when the
// garbage collector ends that job during the export, one thread waits for itself for ever (one start of two hundred).
function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { ...createPrivateKey(privateKey).export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

function settings() {
  return {
    adapter,
    jwks: { keys },
    cookies: { keys: cookieKeys },
    clients: [
      {
        client_id: 'osst-app', application_type: 'native', token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/callback', 'http://127.0.0.1/signed-in/test'],
        post_logout_redirect_uris: ['http://127.0.0.1/callback'],
        grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
        backchannel_logout_session_required: true, ...(logoutUri && { backchannel_logout_uri: logoutUri }),
      },
      {
        client_id: 'kela', client_secret: 'only-for-tests', grant_types: ['client_credentials'], redirect_uris: [],
        response_types: [],
      },
    ],
    pkce: { required: () => true },
    acrValues: ['password', 'strong'],
    claims: { openid: ['sub', 'sid'], acr: null },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      backchannelLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'api', audience, accessTokenFormat: 'jwt', accessTokenTTL: 300 }),
      },
    },
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    extraTokenClaims,
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, acr: people[id].acr }) },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    // Its own way refuses an address on this machine.
    fetch: (url, { method, headers, body }) => fetch(url, { method, headers, body, redirect: 'manual' }),
  };
}

async function extraTokenClaims(ctx, token) {
  if (token.kind === 'ClientCredentials') return { role: 'integration', municipality: 'all', source: ['kela'] };
  const session = await ctx.oidc.provider.Session.findByUid(token.sessionUid);
  return { ...people[token.accountId], sid: session?.sidFor(token.clientId) };
}

/** Signs in whom the request names, and agrees to all that the client asks for. */
async function interact(provider, request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    const accountId = params.login_hint;
    const login = { accountId, acr: people[accountId].acr };
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }
  const grant = grantId ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(' '));
  for (const [resource, scopes] of Object.entries(prompt.details.missingResourceScopes ?? {})) {
    grant.addResourceScope(resource, scopes.join(' '));
  }
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

function open(issuer) {
  const provider = new Provider(issuer, settings());
  provider.on('backchannel.error', (_, fault) => console.error(`The logout was not taken: ${fault.message}`));
  const answer = provider.callback();
  handle = (request, response) => request.url.startsWith('/interaction/')
    ? interact(provider, request, response).catch((fault) => response.writeHead(500).end(String(fault)))
    : answer(request, response);
}

async function configure(issuer, request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const wanted = JSON.parse(Buffer.concat(chunks));
  if (wanted.rotate) keys.unshift(newKey());
  logoutUri = wanted.logoutUri ?? logoutUri;
  open(issuer);
  response.writeHead(204).end();
}

const server = createServer((request, response) => request.url === '/test/configure'
  ? configure(issuerOf(server), request, response)
  : handle(request, response));
const issuerOf = (listening) => `http://127.0.0.1:${listening.address().port}`;

server.listen(0, '127.0.0.1', () => {
  open(issuerOf(server));
  console.log(issuerOf(server));
});
