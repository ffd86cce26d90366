// The open page learns within seconds that its session is over, and warns before it goes idle.
// Without this every page load keeps the session awake, and the next one says why it ended.
// Its owner may sign in again in another tab: the page comes back then, its forms with their new key.
const ASK_EVERY = 5000;
const WARN_BEFORE = 120;
const SAY_AT = [120, 60, 30, 10];

const dialog = document.querySelector('dialog.stay');
const extending = dialog.querySelector('form');
const left = dialog.querySelector('.stay-left');
const spoken = dialog.querySelector('[role=status]');
let asking = null;
let ticking = null;
let endsAt = 0;
let isUnderstood = false;
let over = null;
let hidden = [];

const show = (within, name, shown) => {
  for (const part of within.querySelectorAll(`[data-if=${name}]`)) part.hidden = !shown;
};

const inWords = (seconds) => {
  const text = seconds >= 60 ? dialog.dataset.minutes : dialog.dataset.seconds;
  return text.replace('{m}', Math.floor(seconds / 60)).replace('{s}', seconds % 60);
};

function tick() {
  const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  left.textContent = inWords(seconds);
  if (SAY_AT.includes(seconds) || !spoken.textContent) spoken.textContent = inWords(seconds);
  if (seconds === 0) ask();
}

function close() {
  clearInterval(ticking);
  ticking = null;
  if (dialog.open) dialog.close();
}

function warn(mayExtend) {
  show(dialog, 'open', mayExtend);
  show(dialog, 'last', !mayExtend);
  if (dialog.open || (!mayExtend && isUnderstood) || !dialog.showModal) return;
  show(dialog, 'failed', false);
  spoken.textContent = '';
  dialog.showModal();
  [...dialog.querySelectorAll('button')].find((button) => button.offsetParent)?.focus();
  tick();
  if (!ticking) ticking = setInterval(tick, 1000);
}

// What is worth keeping: a form that was changed, or one that came back with its mistakes.
function typedForm() {
  const isTyped = (control) => {
    if (['hidden', 'password', 'file', 'submit', 'button'].includes(control.type)) return false;
    if (control.autocomplete === 'one-time-code') return false;
    if ('checked' in control && control.checked !== control.defaultChecked) return true;
    if (control.options) return [...control.options].some((one) => one.selected !== one.defaultSelected);
    return 'defaultValue' in control && control.value !== control.defaultValue;
  };
  const forms = [...document.querySelectorAll('main form[method=post]')];
  return forms.find((form) => [...form.elements].some(isTyped))
    ?? forms.find((form) => form.querySelector('.has-error'));
}

// The server keeps what an ended session sends and gives it back after signing in.
function goToSignIn(form) {
  const here = window.location.pathname + window.location.search;
  const { door } = dialog.dataset;
  if (door) window.location.assign(`${door}?tiep=${encodeURIComponent(here)}`);
  else if (form) HTMLFormElement.prototype.submit.call(form);
  else window.location.assign(here);
}

function end(sentence, typed, reason = '') {
  if (over) return;
  const form = dialog.dataset.door ? null : typed;
  clearTimeout(asking);
  close();
  over = document.querySelector('[data-session-over]').content.firstElementChild.cloneNode(true);
  over.querySelector('[role=alert]').textContent = sentence;
  show(over, 'typed', Boolean(form));
  show(over, 'disowned', reason === 'disowned');
  if (reason === 'disowned') over.querySelector('button').classList.replace('primary', 'secondary');
  over.querySelector('button').addEventListener('click', async () => {
    await ask();
    if (over) goToSignIn(form);
  });
  hidden = [...document.body.children].filter((part) => !part.hidden);
  for (const part of hidden) part.hidden = true;
  document.body.append(over);
  over.querySelector('.session-over').focus();
}

function comeBack() {
  over.remove();
  over = null;
  for (const part of hidden) part.hidden = false;
  asking = setTimeout(ask, ASK_EVERY);
}

function goOn(said) {
  if (said.number !== dialog.dataset.number) {
    end(dialog.dataset.other, null);
    return;
  }
  if (over) comeBack();
  for (const key of document.querySelectorAll('[name=csrfmiddlewaretoken]')) key.value = said.key;
  endsAt = performance.now() + said.ends_in * 1000;
  if (said.ends_in <= WARN_BEFORE) warn(said.may_extend);
  else close();
}

async function take(answer) {
  const said = await answer.json();
  if (answer.status === 401) end(said.sentence, typedForm(), said.reason);
  else if (answer.ok) goOn(said);
}

async function ask() {
  clearTimeout(asking);
  if (document.hidden) return;
  if (!over) asking = setTimeout(ask, ASK_EVERY);
  try {
    await take(await fetch(dialog.dataset.state, { cache: 'no-store' }));
  } catch {
    // No network, or a server that restarts: it is asked again.
  }
}

extending.addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    await take(await fetch(extending.action, { method: 'POST', body: new FormData(extending) }));
  } catch {
    show(dialog, 'failed', true);
  }
});

dialog.querySelector('div[data-if=last] button').addEventListener('click', () => {
  isUnderstood = true;
  close();
});
// An answer is wanted: Escape is none.
dialog.addEventListener('cancel', (event) => event.preventDefault());
window.addEventListener('focus', ask);
window.addEventListener('pageshow', (event) => { if (event.persisted) ask(); });
document.addEventListener('visibilitychange', ask);
asking = setTimeout(ask, ASK_EVERY);
