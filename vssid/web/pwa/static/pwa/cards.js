// BHYT cards for where there is no network: the owner's and the children's, kept from the page that
// shows them, until the session's last moment. Any sign that nobody is signed in any more, or somebody
// else, empties it: signing out, a page for who is signed out, a form sent there, a 401, another
// owner's mark. Addresses come from web/pwa/views.py.
// A block, because all parts of a worker share their names.
{
  const { list, doors, signIn, signOut, state, fallback, seconds, others } = self.SHELL.cards;
  const { pages: shell, version } = self.SHELL;
  const KEPT = 'cards';
  const PATIENCE_MS = 1500;
  let forgotten = 0;

  const forget = () => {
    forgotten += 1;
    return caches.delete(KEPT);
  };

  // What the list said when the cards were kept; null once that is too long ago.
  const present = async () => {
    const found = await (await caches.open(KEPT)).match(list);
    const kept = found ? await found.json() : null;
    if (!kept || kept.until > Date.now() / 1000) return kept;
    await forget();
    return null;
  };

  // The page says by itself how old it is, but only as a copy. All else it was sent with stays.
  const copyOf = async (answer) => {
    const headers = new Headers(answer.headers);
    headers.delete('Content-Encoding');
    headers.delete('Content-Length');
    return new Response((await answer.text()).replace('data-made hidden', 'data-made'), { headers });
  };

  // A page that cannot be had now leaves the copy that there is.
  const fetched = async ({ href }) => {
    try {
      const answer = await fetch(href, { cache: 'no-store', headers: { 'VssID-Keep': '1' } });
      if (answer.status >= 500) return [href, 'old'];
      return [href, answer.ok && !answer.redirected ? await copyOf(answer) : null];
    } catch {
      return [href, 'old'];
    }
  };

  const put = async (said, copies) => {
    const cache = await caches.open(KEPT);
    await Promise.all(copies.map(([href, copy]) => {
      if (copy === 'old') return null;
      return copy ? cache.put(href, copy) : cache.delete(href);
    }));
    const wanted = new Set([list, ...said.pages.map(({ href }) => href)]);
    await Promise.all((await cache.keys()).map((request) => (
      wanted.has(new URL(request.url).pathname) ? null : cache.delete(request)
    )));
    const isWhole = copies.every(([, copy]) => copy !== 'old');
    const kept = isWhole ? Date.now() / 1000 : 0;
    await cache.put(list, new Response(JSON.stringify({ ...said, kept, version })));
  };

  // Asked for by every page of somebody signed in; does something once in a while, or for another.
  const keep = async (owner) => {
    const before = await present();
    if (before && before.owner !== owner) await forget();
    else if (before && before.version === version && before.kept > Date.now() / 1000 - seconds) return;
    const began = forgotten;
    const answer = await fetch(list, { cache: 'no-store' });
    if (answer.status === 401) await forget();
    if (!answer.ok) return;
    const said = await answer.json();
    if (said.owner !== owner) return;
    const copies = await Promise.all(said.pages.map(fetched));
    if (began !== forgotten) return;
    await put(said, copies);
    if (began !== forgotten) await caches.delete(KEPT);
  };

  const soon = (request) => Promise.race([fetch(request), new Promise((_, reject) => {
    setTimeout(() => reject(new Error('slow network')), PATIENCE_MS);
  })]);

  // The page from the network when it comes soon, else the kept card; null where none is kept.
  const card = async (request, address) => {
    const copy = await present() && await (await caches.open(KEPT)).match(address);
    if (!copy) return null;
    try {
      const fresh = await soon(request);
      return fresh.status >= 500 ? copy : fresh;
    } catch {
      return copy;
    }
  };

  const onTheWay = async (request, address) => {
    const kept = await card(request, address);
    if (kept) return kept;
    try {
      const fresh = await fetch(request);
      // Whoever is shown a page for the signed out, not led past it, is signed out.
      if (doors.includes(address) && fresh.type !== 'opaqueredirect' && fresh.status < 500) await forget();
      return fresh;
    } catch (error) {
      const page = await caches.match(fallback);
      if (page) return page;
      throw error;
    }
  };

  const watched = async (request) => {
    const answer = await fetch(request);
    if (answer.status === 401) await forget();
    return answer;
  };

  const isOurs = (address) => !shell.includes(address)
    && !others.some((other) => address.startsWith(other));

  self.addEventListener('message', (event) => {
    const { keepCards } = event.data ?? {};
    if (keepCards) event.waitUntil(keep(keepCards).catch(() => {}));
  });

  self.addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== self.location.origin) return;
    if (request.method === 'POST') {
      // Something was proven, or was about to be: whoever comes in next may be another.
      if (pathname === signOut || pathname.startsWith(signIn)) event.waitUntil(forget());
    } else if (pathname === state) event.respondWith(watched(request));
    else if (request.mode === 'navigate' && isOurs(pathname)) event.respondWith(onTheWay(request, pathname));
  });
}
