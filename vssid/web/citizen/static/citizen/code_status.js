// Learns how far the message with a code has come; without this «Kiểm tra lại» asks for the page.
const PAUSE = 2000;
const TRIES = 60;

async function look(region, left) {
  if (left === 0) return;
  try {
    const answer = await fetch(region.dataset.codeStatus, { credentials: 'same-origin' });
    if (!answer.ok) return;
    const piece = new DOMParser().parseFromString(await answer.text(), 'text/html').body;
    const state = piece.querySelector('[data-state]')?.dataset.state;
    if (state && state !== 'waiting') {
      region.replaceChildren(...piece.childNodes);
      // What could not be delivered may be asked for again at once.
      if (state === 'failed') {
        for (const form of document.querySelectorAll('[data-resend]')) form.dataset.resend = '0';
      }
      return;
    }
  } catch {
    // No network for a moment: the next look may have one.
  }
  setTimeout(() => look(region, left - 1), PAUSE);
}

for (const region of document.querySelectorAll('[data-code-status]')) {
  setTimeout(() => look(region, TRIES), PAUSE / 2);
}
