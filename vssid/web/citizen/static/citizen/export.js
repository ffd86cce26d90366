// Shows how far the export is, and the whole page once it is over; without this «Xem lại» does.
const PAUSE = 1500;
const TRIES = 120;
const region = document.querySelector('[data-export-progress]');

async function look(left) {
  if (left === 0) return;
  try {
    const answer = await fetch(region.dataset.exportProgress, { credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) {
      location.reload();
      return;
    }
    const piece = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
    const state = piece.querySelector('[data-state]')?.dataset.state;
    if (state === 'over') {
      location.reload();
      return;
    }
    // The same words again would be read aloud again.
    if (state && piece.textContent.trim() !== region.textContent.trim()) {
      region.replaceChildren(...piece.childNodes);
    }
  } catch {
    // No network for a moment: the next look may have one.
  }
  setTimeout(() => look(left - 1), PAUSE);
}

setTimeout(() => look(TRIES), PAUSE / 2);
