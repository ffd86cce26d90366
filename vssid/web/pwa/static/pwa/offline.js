// No network: what is kept on this phone. The worker's cards, by the names in its list.
const place = document.querySelector('[data-cards]');
const { list } = place.dataset;

const links = async () => {
  const found = await (await caches.open('cards')).match(list);
  const kept = found ? await found.json() : null;
  return kept && kept.until > Date.now() / 1000 ? kept.pages : [];
};

for (const { href, name } of await links()) {
  if (await caches.match(href)) {
    const item = place.querySelector('template').content.firstElementChild.cloneNode(true);
    item.querySelector('a').href = href;
    item.querySelector('[data-name]').textContent = name;
    place.querySelector('ul').append(item);
    place.hidden = false;
  }
}
document.querySelector('[data-none]').hidden = !place.hidden;
document.querySelector('[data-again]').addEventListener('click', () => window.location.reload());
