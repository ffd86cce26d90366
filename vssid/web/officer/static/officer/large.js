// A photo of a case in the whole window: larger, smaller, turned; Escape closes it. The photo stays on
// the page with the case, and turns there by «r» as well.
const view = document.querySelector('[data-large-view]');
const stage = view.querySelector('.desk-large-stage');
const photo = new Image();
stage.append(photo);
const MOST = 6;
let zoom = 1;

const draw = () => { photo.style.width = `${zoom * 100}%`; };
const turn = (one) => { one.dataset.turn = String((Number(one.dataset.turn || 0) + 90) % 360); };
const turnShown = () => {
  const focused = document.activeElement.querySelector?.('img');
  if (view.open) turn(photo); else if (focused) turn(focused);
};

const show = (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const small = event.currentTarget.querySelector('img');
  photo.src = small.src;
  photo.alt = small.alt;
  photo.dataset.turn = small.dataset.turn || '0';
  zoom = 1;
  draw();
  view.showModal();
};

for (const link of document.querySelectorAll('[data-large]')) link.addEventListener('click', show);
for (const button of view.querySelectorAll('[data-zoom]')) {
  button.addEventListener('click', () => {
    zoom = Math.min(MOST, Math.max(1, zoom * Number(button.dataset.zoom)));
    draw();
  });
}
view.querySelector('[data-rotate]').addEventListener('click', turnShown);
document.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() === 'r' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (!event.target.matches('input:not([type=checkbox], [type=radio]), textarea, select')) turnShown();
  }
});
