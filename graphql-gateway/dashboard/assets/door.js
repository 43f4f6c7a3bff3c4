// The door counter. Presses lie in IndexedDB until the server has them: {commandId, centre, count, day}, no name and no
// token. A record that was sent once keeps its id and its count, so a retry counts nothing twice.
(() => {
  const at = id => document.getElementById(id);
  const door = at('door');
  const say = (key, n) => door.dataset[key].replace('{n}', n);
  const undoMs = 3000, againMs = 15000, most = Number(door.dataset.most);
  let known = { centres: [], refused: [] }, isSending = false, isAway = false, isSignedOut = false, later;

  const database = new Promise((done, fail) => {
    const ask = indexedDB.open('osst-door', 1);
    ask.onupgradeneeded = () => ask.result.createObjectStore('counts', { keyPath: 'commandId' });
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => fail(ask.error);
  });

  /** One transaction over all records; comes back when it is on the disk. */
  async function within(act) {
    const database_ = await database;
    return new Promise((done, fail) => {
      const transaction = database_.transaction('counts', 'readwrite', { durability: 'strict' });
      const store = transaction.objectStore('counts');
      let result;
      store.getAll().onsuccess = event => { result = act(store, event.target.result); };
      transaction.oncomplete = () => done(result);
      transaction.onabort = () => fail(transaction.error);
    });
  }

  /** The day in Finland, wherever the device is. */
  const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date());
  const isOpen = one => !one.sent && one.centre === at('centre').value && one.day === today();

  async function press() {
    await within((store, all) => {
      const one = all.find(isOpen)
        ?? { commandId: crypto.randomUUID(), centre: at('centre').value, day: today(), count: 0 };
      one.count++;
      store.put(one);
    });
    await show();
    plan(undoMs);
  }

  async function undo() {
    await within((store, all) => {
      const one = all.find(isOpen);
      if (one) --one.count ? store.put(one) : store.delete(one.commandId);
    });
    await show();
  }

  function plan(ms) {
    clearTimeout(later);
    later = setTimeout(send, ms);
  }

  async function send() {
    if (isSending) return plan(undoMs);
    isSending = true;
    try {
      // As many as one post takes; those that were refused before come last.
      const counts = await within((store, all) => all.sort((a, b) => !!a.sent - !!b.sent).slice(0, most).map(one => {
        if (!one.sent) store.put({ ...one, sent: true });
        return { commandId: one.commandId, centre: one.centre, count: one.count, day: one.day };
      }));
      const answer = await fetch('/door/counts', {
        method: 'POST', headers: { 'Content-Type': 'application/json', 'Osst-Door': '1' }, body: JSON.stringify({ counts }),
      });
      isAway = false;
      isSignedOut = answer.status === 401 || answer.status === 403;
      if (answer.ok) {
        known = await answer.json();
        await within(store => known.done.forEach(id => store.delete(id)));
      }
    } catch {
      isAway = true;
    }
    isSending = false;
    const left = await show();
    if (left > 0 || isAway) plan(againMs);
  }

  async function show() {
    const all = await within((_, records) => records);
    const left = all.reduce((sum, one) => sum + one.count, 0);
    const chosen = at('centre').value || decodeURIComponent(location.hash.slice(1)) || all.at(-1)?.centre || '';
    const centres = [...known.centres];
    if (chosen && !centres.some(one => one.id === chosen)) centres.push({ id: chosen, name: chosen, visits: null });
    at('centre').replaceChildren(...centres.map(one => new Option(one.name, one.id, false, one.id === chosen)));
    at('count').disabled = centres.length === 0;
    at('undo').disabled = !all.some(isOpen);
    const here = centres.find(one => one.id === at('centre').value);
    // What is pressed counts at once, whether or not it was sent.
    const pressed = all.filter(one => one.centre === here?.id && one.day === today()).reduce((sum, one) => sum + one.count, 0);
    at('today').textContent = here?.visits == null ? '' : say('today', here.visits + pressed);
    at('day').textContent = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: 'Europe/Helsinki', dateStyle: 'full' }).format(new Date());
    at('unsent').textContent = left === 0 ? say('sent', 0)
      : known.refused.length > 0 ? say('refused', left)
        : say(isSignedOut ? 'sign' : isAway ? 'away' : 'waiting', left);
    at('sign').hidden = !isSignedOut;
    at('sign').href = `/sign-in?back=${encodeURIComponent(`/door/#${at('centre').value}`)}`;
    return left;
  }

  at('count').addEventListener('click', press);
  at('undo').addEventListener('click', undo);
  at('centre').addEventListener('change', () => {
    history.replaceState(null, '', `#${encodeURIComponent(at('centre').value)}`);
    show();
  });
  addEventListener('online', send);
  document.addEventListener('visibilitychange', () => document.hidden || send());
  show().then(send);
  navigator.serviceWorker?.register('/door/worker.js', { scope: '/door/' });
})();
