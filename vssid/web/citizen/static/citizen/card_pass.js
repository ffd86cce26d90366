// Fetches the next code before this one is over, while the page is open; says so when it cannot.
const side = document.querySelector('[data-pass]');
const EARLY_S = 60;
const AGAIN_S = 10;
let until = Date.now() + Number(side.dataset.seconds) * 1000;
let timer;

const tellOver = () => {
  const isOver = Date.now() >= until;
  side.classList.toggle('is-over', isOver);
  side.querySelector('[data-over]').hidden = !isOver;
};

const plan = (seconds) => {
  clearTimeout(timer);
  timer = setTimeout(renew, Math.max(seconds, 1) * 1000);
};

const renew = async () => {
  // A hidden page asks for nothing: it does when it is seen again.
  if (document.hidden) return;
  try {
    const said = await fetch(side.dataset.pass, { cache: 'no-store' });
    if (!said.ok) throw new Error(String(said.status));
    const { drawn, clock, seconds } = await said.json();
    const { documentElement } = new DOMParser().parseFromString(drawn, 'image/svg+xml');
    side.querySelector('[data-drawn]').replaceChildren(document.importNode(documentElement, true));
    side.querySelector('[data-clock]').textContent = clock;
    until = Date.now() + seconds * 1000;
    plan(seconds - EARLY_S);
  } catch {
    plan(AGAIN_S);
  }
  tellOver();
};

const left = () => (until - Date.now()) / 1000;

document.addEventListener('visibilitychange', () => {
  tellOver();
  if (!document.hidden && left() < EARLY_S) renew(); else plan(left() - EARLY_S);
});
window.addEventListener('online', () => { if (left() < EARLY_S) renew(); });
setInterval(tellOver, 1000);
plan(left() - EARLY_S);
