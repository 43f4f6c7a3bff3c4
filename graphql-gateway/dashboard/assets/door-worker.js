// Keeps the door counter's shell and nothing else: the page, its style, its script, its icon.
const name = 'osst-door-VERSION';
const shell = SHELL;

addEventListener('install', event => {
  skipWaiting();
  event.waitUntil(caches.open(name).then(cache => cache.addAll(shell)));
});

addEventListener('activate', event => event.waitUntil((async () => {
  for (const old of await caches.keys()) if (old.startsWith('osst-door-') && old !== name) await caches.delete(old);
  await clients.claim();
})()));

addEventListener('fetch', event => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || !shell.includes(pathname)) return;
  event.respondWith((async () => {
    const cache = await caches.open(name);
    try {
      const answer = await fetch(event.request);
      if (answer.ok && !answer.redirected) await cache.put(pathname, answer.clone());
      return answer;
    } catch {
      return await cache.match(pathname) ?? Response.error();
    }
  })());
});
