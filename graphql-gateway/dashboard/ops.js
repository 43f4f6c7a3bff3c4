// Shows /ops.json of this process and asks again every few seconds. The token lives in this tab and nowhere else.
const place = 'osst:operator';
const every = 3000;
const at = (id) => document.getElementById(id);
let round = 0;

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const rounded = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const show = (value) => (typeof value === 'number' ? number.format(value) : value ?? '–');

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Lines of [what, value, 'good' | 'bad' | undefined]. */
function list(id, lines) {
  at(id).replaceChildren(...lines.flatMap(([what, value, tone]) =>
    [element('dt', what), element('dd', show(value), tone ? { class: tone } : {})]));
}

function table(id, heads, rows) {
  const head = document.createElement('thead');
  head.append(element('tr', ''));
  head.firstChild.append(...heads.map((text) => element('th', text, { scope: 'col' })));
  const body = document.createElement('tbody');
  body.append(...rows.map(([first, ...cells]) => {
    const row = element('tr', '');
    row.append(element('th', first, { scope: 'row' }), ...cells.map((cell) => element('td', show(cell))));
    return row;
  }));
  at(id).replaceChildren(head, body);
}

// A distribution knows its values to about a sixteenth: more digits would be made up.
const spread = (s) => [s.p50, s.p95, s.p99, s.most].map((value) => (s.count > 0 ? rounded.format(value) : '–'));
const spreadHeads = ['p50', 'p95', 'p99', 'most'];

function duration(seconds) {
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = parts.findIndex(([length]) => seconds >= length);
  if (first < 0) return '0 s';
  let left = Math.floor(seconds);
  return parts.slice(first, first + 2).map(([length, unit]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return `${count} ${unit}`;
  }).join(' ');
}

const ago = (time) => (time ? `${duration((Date.now() - new Date(time)) / 1000)} ago` : '–');

function calls(id, reports) {
  at(`s-${id}`).hidden = !reports?.length;
  table(id, ['grain, command', 'calls', ...spreadHeads, 'refused', 'failed'], (reports ?? []).map((call) =>
    [`${call.kind} ${call.command}`, call.count, ...spread(call.ms), call.refused, call.failed]));
}

function showProcess({ process: p }) {
  at('role').textContent = p.role;
  document.title = `${p.state}: ${p.role} on ${p.host}`;
  at('state').textContent = p.state === 'ready' ? 'ready' : `not ready: ${p.state}${p.cause ? ` (${p.cause})` : ''}`;
  at('state').className = p.state === 'ready' ? 'good' : 'bad';
  list('process', [
    ['up for', duration(p.uptimeSeconds)], ['build', p.build], ['engine', p.engine], ['store', p.store],
    ['machine', p.host], ['process', String(p.processId)], ['memory', `${number.format(p.memoryBytes / 1048576 | 0)} MiB`],
  ]);
}

function showFeed({ feed, antiEntropy: check, graphQL }) {
  at('s-feed').hidden = !feed;
  at('s-antiEntropy').hidden = !check;
  if (feed) {
    list('feed', [
      ['follow the log', feed.isRunning ? 'yes' : 'no', feed.isRunning ? 'good' : 'bad'],
      ['behind for', feed.lagSeconds > 0 ? `${show(feed.lagSeconds)} s` : '0 s', feed.lagSeconds > 5 ? 'bad' : undefined],
      ['position', feed.position], ['log at', feed.logPosition], ['last event', ago(feed.recordedAt)],
      ['watches', feed.watches], ['sockets', graphQL?.sockets],
    ]);
  }
  if (check) {
    const equal = check.differences.length === 0;
    list('antiEntropy', [
      ['result', check.checks === 0 ? 'not checked yet' : equal ? 'equal' : 'different',
        check.checks === 0 ? undefined : equal ? 'good' : 'bad'],
      ['last check', ago(check.checkedAt)], ['it took', check.checks ? `${show(check.seconds)} s` : '–'],
      ['municipality', check.municipality], ['of this round', `${check.round} of ${check.municipalities}`],
      ['checks', check.checks], ...check.differences.map((difference) => ['differs', difference, 'bad']),
    ]);
  }
}

function showWrites({ writes: w, grains, limits }) {
  list('writes', [['under way', w.waiting], ['durable', w.durable], ['in groups', w.groups],
    ['failed', w.failed, w.failed ? 'bad' : undefined]]);
  table('writeSpreads', ['', ...spreadHeads],
    [['group size', ...spread(w.groupSize)], ['queue ms', ...spread(w.queueMs)], ['fsync ms', ...spread(w.fsyncMs)]]);
  at('s-grains').hidden = !grains;
  if (grains) {
    list('activations', [...grains.activations.map((kind) => [kind.kind, kind.count]),
      ['reading a state, p50 ms', spread(grains.activationMs)[0]], ['p99 ms', spread(grains.activationMs)[2]]]);
  }
  list('limits', limits.length ? limits.map((limit) => [limit.code, limit.count]) : [['none', '']]);
}

function showCluster({ cluster }) {
  at('s-cluster').hidden = !cluster;
  at('unseen').textContent = cluster && !cluster.silos ? 'no silo answers' : '';
  table('cluster', ['silo', 'machine', 'state', 'began', 'activations', 'gateways', 'heap MiB', 'CPU %'],
    (cluster?.silos ?? []).map((silo) => [silo.silo, silo.host, silo.state, ago(silo.startedAt), silo.activations,
      silo.gateways, silo.heapBytes && Math.round(silo.heapBytes / 1048576), silo.cpuPercent]));
}

function showGraphQL({ graphQL }) {
  at('s-graphql').hidden = !graphQL;
  if (graphQL) {
    table('graphql', ['operation, outcome', 'count', ...spreadHeads], [
      ...graphQL.operations.map((o) => [`${o.kind} ${o.outcome}`, o.count, ...spread(o.ms)]),
      ['subscription events', graphQL.subscriptionEvents, '', '', '', ''],
    ]);
  }
}

function fail(words) {
  at('state').textContent = words;
  at('state').className = 'bad';
}

async function look(mine) {
  const token = sessionStorage.getItem(place);
  if (!token || mine !== round) return;
  try {
    const answer = await fetch('/ops.json', { headers: { Authorization: `Bearer ${token}` } });
    if (mine !== round) return;
    if (answer.status === 401 || answer.status === 403) {
      sessionStorage.removeItem(place);
      at('figures').hidden = true;
      fail(answer.status === 401 ? 'This is no valid token.' : 'This token is not an operator’s.');
      return;
    }
    const report = await answer.json();
    showProcess(report);
    showFeed(report);
    showWrites(report);
    showCluster(report);
    showGraphQL(report);
    calls('calls', report.calls);
    calls('turns', report.grains?.turns);
    at('figures').hidden = false;
  } catch {
    fail('The process does not answer; asking again.');
  }
  setTimeout(() => look(mine), every);
}

at('ask').addEventListener('submit', (submitted) => {
  submitted.preventDefault();
  sessionStorage.setItem(place, at('token').value.trim());
  at('token').value = '';
  look(++round);
});
look(++round);
