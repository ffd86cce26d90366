// A photo of a case in the whole window: larger, smaller, turned; Escape closes it. The photo stays on
// the page with the case, and turns there by «r» as well.
const view = document.querySelector('[data-large-view]');
const stage = view.querySelector('.desk-large-stage');
const frame = document.createElement('div');
const photo = new Image();
stage.append(frame);
const MOST = 8;
let zoom = 1;
let quarter = 0;

// The photo is turned about its own middle inside of a frame that is as large as what is seen, so that
// the stage scrolls over all of it. At zoom 1 it fits.
const draw = () => {
  const lies = quarter % 2 === 1;
  const [across, down] = lies
    ? [photo.naturalHeight, photo.naturalWidth] : [photo.naturalWidth, photo.naturalHeight];
  const scale = zoom * Math.min(stage.clientWidth / across, stage.clientHeight / down);
  frame.style.width = `${across * scale}px`;
  frame.style.height = `${down * scale}px`;
  photo.style.width = `${photo.naturalWidth * scale}px`;
  photo.style.height = `${photo.naturalHeight * scale}px`;
  photo.style.transform = `translate(-50%, -50%) rotate(${quarter * 90}deg)`;
};
const turn = (one) => { one.dataset.turn = String((Number(one.dataset.turn || 0) + 90) % 360); };
const turnShown = () => {
  const focused = document.activeElement.querySelector?.('img');
  if (view.open) {
    quarter = (quarter + 1) % 4;
    draw();
  } else if (focused) turn(focused);
};
const zoomTo = (wanted) => {
  const x = (stage.scrollLeft + stage.clientWidth / 2) / stage.scrollWidth;
  const y = (stage.scrollTop + stage.clientHeight / 2) / stage.scrollHeight;
  zoom = Math.min(MOST, Math.max(1, wanted));
  draw();
  stage.scrollLeft = x * stage.scrollWidth - stage.clientWidth / 2;
  stage.scrollTop = y * stage.scrollHeight - stage.clientHeight / 2;
};

const show = (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const small = event.currentTarget.querySelector('img');
  photo.src = small.currentSrc || small.src;
  photo.alt = small.alt;
  frame.replaceChildren(photo);
  quarter = Number(small.dataset.turn || 0) / 90;
  zoom = 1;
  view.showModal();
  photo.decode().then(draw, draw);
};

for (const link of document.querySelectorAll('[data-large]')) link.addEventListener('click', show);
for (const button of view.querySelectorAll('[data-zoom]')) {
  button.addEventListener('click', () => zoomTo(zoom * Number(button.dataset.zoom)));
}
view.querySelector('[data-rotate]').addEventListener('click', turnShown);
document.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() === 'r' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (!event.target.matches('input:not([type=checkbox], [type=radio]), textarea, select')) turnShown();
  }
});
