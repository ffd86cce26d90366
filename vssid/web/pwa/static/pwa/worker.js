// What works without a network: pages that know nobody, and the files they need (self.SHELL, from
// web/pwa/views.py). Nothing of a person is kept here; cards.js keeps those apart.
const { pages, files, version } = self.SHELL;
const NAME = `shell-${version}`;
const PATIENCE_MS = 3000;

// Signing out asks the browser to empty its cache, and some empty this one too: what is missing is
// fetched again with every page that is opened.
const fill = async () => {
  const cache = await caches.open(NAME);
  const found = await Promise.all([...pages, ...files].map(async (address) => (
    (await cache.match(address)) ? null : new Request(address, { cache: 'no-cache' })
  )));
  await cache.addAll(found.filter(Boolean));
};

const kept = async (address) => (await caches.open(NAME)).match(address);

const tooLate = () => new Promise((_, reject) => {
  setTimeout(() => reject(new Error('slow network')), PATIENCE_MS);
});

// The newest page when the network gives one soon, otherwise the one that was kept.
const page = async (request, address) => {
  const copy = await kept(address);
  if (!copy) return fetch(request);
  try {
    const fresh = await Promise.race([fetch(request), tooLate()]);
    return fresh.ok ? fresh : copy;
  } catch {
    return copy;
  }
};

const file = async (request, address) => (await kept(address)) || fetch(request);

self.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith('shell-') && name !== NAME);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.waitUntil(fill().catch(() => {}));
  if (pages.includes(pathname)) event.respondWith(page(request, pathname));
  else if (files.includes(pathname)) event.respondWith(file(request, pathname));
});
