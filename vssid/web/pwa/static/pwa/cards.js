// BHYT cards for where there is no network: the owner's and the children's, kept from the page that
// shows them, until the session's last moment. Any sign that nobody is signed in any more empties it:
// signing out, the sign-in page, a 401. Addresses come from web/pwa/views.py.
// A block, because all parts of a worker share their names.
{
  const { list, door, signOut, state, fallback, seconds } = self.SHELL.cards;
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

  // The page says by itself how old it is, but only as a copy.
  const copyOf = async (answer) => new Response(
    (await answer.text()).replace('data-made hidden', 'data-made'),
    { headers: { 'Content-Type': answer.headers.get('Content-Type') } },
  );

  const keepPages = async (pages, began) => {
    const copies = await Promise.all(pages.map(async ({ href }) => {
      const answer = await fetch(href, { cache: 'no-store' });
      return answer.ok && !answer.redirected ? [href, await copyOf(answer)] : null;
    }));
    if (began !== forgotten) return false;
    const cache = await caches.open(KEPT);
    await Promise.all(copies.filter(Boolean).map(([href, copy]) => cache.put(href, copy)));
    return true;
  };

  // Asked for by every page of somebody signed in; does something once in a while, or for another.
  const keep = async () => {
    const before = await present();
    const now = Date.now() / 1000;
    if (before && before.kept > now - seconds) return;
    const began = forgotten;
    const answer = await fetch(list, { cache: 'no-store' });
    if (answer.status === 401) await forget();
    if (!answer.ok) return;
    const said = await answer.json();
    if (began !== forgotten) return;
    // Cards of before, of children no longer in the list, or of somebody else go.
    await caches.delete(KEPT);
    if (!(await keepPages(said.pages, began))) return;
    await (await caches.open(KEPT)).put(list, new Response(JSON.stringify({ ...said, kept: now })));
    if (began !== forgotten) await caches.delete(KEPT);
  };

  const soon = (request) => Promise.race([fetch(request), new Promise((_, reject) => {
    setTimeout(() => reject(new Error('slow network')), PATIENCE_MS);
  })]);

  // The page from the network when it comes soon; else the kept card; else what the network says late.
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
      // Whoever is shown the door, not led past it, is signed out.
      if (address === door && fresh.type !== 'opaqueredirect' && fresh.status < 500) await forget();
      return fresh;
    } catch (error) {
      const page = await caches.match(fallback);
      if (page && request.method === 'GET') return page;
      throw error;
    }
  };

  const watched = async (request) => {
    const answer = await fetch(request);
    if (answer.status === 401) await forget();
    return answer;
  };

  self.addEventListener('message', (event) => {
    if (event.data === 'keep-cards') event.waitUntil(keep().catch(() => {}));
  });

  self.addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== self.location.origin) return;
    if (pathname === signOut && request.method === 'POST') event.waitUntil(forget());
    else if (pathname === state) event.respondWith(watched(request));
    else if (request.mode === 'navigate' && !self.SHELL.pages.includes(pathname)) {
      event.respondWith(onTheWay(request, pathname));
    }
  });
}
