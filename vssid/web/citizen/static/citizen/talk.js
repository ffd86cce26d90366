// Sends what is asked without loading the page anew. Without this every form works by itself.
const fresh = async (form, button) => {
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const talk = page.querySelector('[data-talk]');
  if (!talk) throw new Error('another page');
  return talk;
};

const show = (talk) => {
  document.querySelector('[data-talk]').replaceWith(talk);
  const newest = talk.querySelector('#moi-nhat') ?? talk;
  const said = [...talk.querySelectorAll('.talk-us')].at(-1);
  newest.scrollIntoView({ block: 'start' });
  const field = talk.querySelector('#hoi');
  field.focus({ preventScroll: true });
  // Told after the change, so that it is read aloud.
  const status = talk.querySelector('[data-said]');
  setTimeout(() => { status.textContent = said.innerText; }, 100);
};

document.addEventListener('submit', async (event) => {
  const form = event.target;
  const talk = form.closest('[data-talk]');
  if (!talk || 'away' in form.dataset) return;
  event.preventDefault();
  if (talk.hasAttribute('aria-busy')) return;
  talk.setAttribute('aria-busy', 'true');
  try {
    show(await fresh(form, event.submitter));
  } catch {
    talk.removeAttribute('aria-busy');
    if (navigator.onLine) form.submit();
    else talk.querySelector('[data-said]').textContent = talk.dataset.failed;
    talk.querySelector('[data-said]').classList.remove('hidden');
  }
});
