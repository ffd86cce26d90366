// The map in place of its picture. It reads its spots from the list beside it, so both say the same;
// where it is moved, it asks the server for the list of what is in sight then. A spot leads to its
// entry in the list, a group of places is looked at from nearer. What it is made with weighs more
// than the page: it is fetched by the button, or on a wide screen once the picture is in sight.
let L;
let fetching;
const OUTLINE_ZOOM = 14;
const STREET_ZOOM = 18;
const NAMES_ZOOM = 7;
const CROWDED = 12;
const EAST = 113;
const CALM = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const PATIENCE = 250;
const WIDE = window.matchMedia('(min-width: 64rem)');
const box = () => document.querySelector('[data-map]');
const told = () => document.querySelector('[data-map-told]');

const numbers = (text) => text.split(',').map(Number);

const bounds = (text) => {
  const [south, west, north, east] = numbers(text);
  return [[south, west], [north, east]];
};

const circle = (number, count, isCrowded) => {
  const size = isCrowded ? 20 : Math.round(2 * Math.min(18, 13 + 2 * Math.log10(count)));
  const kind = count > 1 ? 'map-mark map-mark-several' : 'map-mark';
  const words = document.createElement('span');
  words.textContent = number;
  return L.divIcon({ html: words, className: kind, iconSize: [size, size] });
};

const go = (item) => {
  item.querySelector('details')?.setAttribute('open', '');
  item.scrollIntoView({ block: 'center', behavior: CALM ? 'auto' : 'smooth' });
  item.focus({ preventScroll: true });
};

const isNearer = (map, frame) => {
  const inside = L.latLngBounds(bounds(frame));
  return map.getBoundsZoom(inside) > map.getZoom();
};

const place = (map, layer) => {
  const paper = map.getContainer();
  const hadFocus = paper.contains(document.activeElement);
  layer.clearLayers();
  const items = document.querySelectorAll('[data-spots] [data-at]');
  const isCrowded = items.length > CROWDED;
  box().classList.toggle('map-crowded', isCrowded);
  items.forEach((item, at) => {
    const { count, frame, name } = item.dataset;
    // Going through the marks by keyboard must not move the map, which would draw them anew.
    const options = { icon: circle(at + 1, Number(count), isCrowded), title: name, autoPanOnFocus: false };
    const marker = L.marker(numbers(item.dataset.at), options);
    marker.on('click', () => {
      const isGroup = Number(count) > 1 && !('whole' in item.dataset);
      if (isGroup && isNearer(map, frame)) map.fitBounds(bounds(frame));
      else if (item.tabIndex === -1 && item.id) go(item);
    });
    marker.on('keydown', ({ originalEvent }) => {
      if (originalEvent.key !== 'Enter' && originalEvent.key !== ' ') return;
      originalEvent.preventDefault();
      marker.fire('click');
    });
    marker.addTo(layer);
    marker.getElement().setAttribute('aria-label', `${at + 1}. ${name}`);
  });
  // Who opened a group by a key goes on from the map, not from the top of the page.
  if (hadFocus && !paper.contains(document.activeElement)) paper.focus({ preventScroll: true });
};

const ground = async (map, here) => {
  const data = here.dataset;
  if (data.tiles) {
    L.tileLayer(data.tiles, { attribution: data.credit, maxZoom: STREET_ZOOM }).addTo(map);
  }
  const answer = await fetch(data.outline);
  const style = { className: data.tiles ? 'map-border' : 'map-land', weight: 1 };
  L.geoJSON(await answer.json(), { style, interactive: false }).addTo(map).bringToBack();
  const named = () => here.classList.toggle('map-near', map.getZoom() >= NAMES_ZOOM);
  map.on('zoomend', named);
  named();
  for (const one of data.names.split(';')) {
    const [name, ...at] = one.split(',');
    const isIsland = name.startsWith('*');
    const className = isIsland ? 'map-label' : 'map-label map-label-near';
    // There is no room for a long name at the eastern edge of a phone.
    const iconAnchor = isIsland ? [Number(at[1]) > EAST ? 105 : 60, -6] : [65, 10];
    const icon = L.divIcon({ html: name.replace('*', ''), className, iconSize: [130, 20], iconAnchor });
    L.marker(at.map(Number), { icon, interactive: false, keyboard: false }).addTo(map);
  }
};

const address = (map) => {
  const sight = map.getBounds();
  const edges = [sight.getSouth(), sight.getWest(), sight.getNorth(), sight.getEast()];
  const asked = new URLSearchParams(window.location.search);
  asked.set('khung', edges.map((edge) => edge.toFixed(4)).join(','));
  return `${window.location.pathname}?${asked}`;
};

const follow = (map, layer) => {
  let asking;
  let waiting;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const to = address(map);
    try {
      const answer = await fetch(to, { signal: asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const id of ['diem', 'dem']) {
        document.getElementById(id).replaceWith(page.getElementById(id));
      }
      told().textContent = '';
      window.history.replaceState(window.history.state, '', to);
      place(map, layer);
    } catch (error) {
      if (error.name !== 'AbortError') told().textContent = box()?.dataset.slow ?? '';
    }
  };
  map.on('moveend', () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  });
};

const draw = (here) => {
  here.dataset.started = 'yes';
  const data = here.dataset;
  const paper = document.createElement('div');
  paper.className = 'map-paper';
  paper.setAttribute('role', 'group');
  paper.setAttribute('aria-label', data.label);
  here.replaceChildren(paper);
  const still = { zoomAnimation: !CALM, fadeAnimation: !CALM, markerZoomAnimation: !CALM, inertia: !CALM };
  const map = L.map(paper, {
    ...still, zoomControl: false, minZoom: 4, zoomSnap: 0.5,
    maxZoom: data.tiles ? STREET_ZOOM : OUTLINE_ZOOM, scrollWheelZoom: false,
  });
  L.control.zoom({ position: 'topright', zoomInTitle: data.near, zoomOutTitle: data.far }).addTo(map);
  map.attributionControl.setPrefix(false);
  if (!data.tiles) map.attributionControl.remove();
  map.fitBounds(bounds(data.frame), { animate: false });
  const layer = L.layerGroup().addTo(map);
  ground(map, here);
  place(map, layer);
  if (data.here) {
    const icon = L.divIcon({ className: 'map-you', iconSize: [16, 16] });
    L.marker(numbers(data.here), { icon, title: data.hereName, alt: data.hereName, keyboard: false }).addTo(map);
  }
  if ('moves' in data) follow(map, layer);
  return paper;
};

const brought = (element) => new Promise((done, failed) => {
  element.addEventListener('load', done);
  element.addEventListener('error', () => { element.remove(); failed(new Error('not brought')); });
  // Before our own sheets, which have the last word.
  document.head.prepend(element);
});

const leaflet = async ({ leaflet: src, sheet: href }) => {
  await Promise.all([
    brought(Object.assign(document.createElement('link'), { rel: 'stylesheet', href })),
    brought(Object.assign(document.createElement('script'), { src })),
  ]);
  return window.L;
};

const open = async () => {
  const button = document.querySelector('[data-map-open]');
  const hadFocus = document.activeElement === button;
  button.disabled = true;
  told().textContent = button.dataset.waiting;
  try {
    fetching ??= leaflet(box().dataset);
    L = await fetching;
  } catch {
    fetching = undefined;
    button.disabled = false;
    told().textContent = button.dataset.failed;
    return;
  }
  start();
  if (hadFocus) document.querySelector('.map-paper')?.focus({ preventScroll: true });
};

// Also after the page's part with the map was drawn anew by a search.
const start = () => {
  const here = box();
  if (!here || here.dataset.started) return;
  const button = document.querySelector('[data-map-open]');
  if (L) {
    draw(here);
    button.remove();
    told().textContent = '';
    return;
  }
  button.hidden = false;
  button.addEventListener('click', open);
  if (!WIDE.matches || navigator.connection?.saveData) return;
  new IntersectionObserver((seen, watcher) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watcher.disconnect();
    open();
  }).observe(here);
};

start();
document.addEventListener('htmx:afterSettle', start);
