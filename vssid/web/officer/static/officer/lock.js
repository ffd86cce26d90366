// A counter's screen locks when nobody acts: the server decides, this blanks the page in time.
// Keys and presses count as acts and are told at most once in half a minute; what stands in a form
// marked data-keep goes along, so that it is there again afterwards.
const form = document.querySelector('form[data-lock]');
const TELL_EVERY = 30000;
let toldAt = Date.now();
let timer;

const lockNow = () => {
  document.body.hidden = true;
  form.requestSubmit();
};

const tell = async (method) => {
  const key = form.elements.csrfmiddlewaretoken.value;
  try {
    const said = await fetch(form.dataset.lock, {
      method, headers: { 'X-CSRFToken': key }, redirect: 'manual', cache: 'no-store',
    });
    const left = said.ok ? (await said.json()).seconds : 0;
    if (left > 0) wait(left); else lockNow();
  } catch {
    wait(15);
  }
};

const wait = (seconds) => {
  clearTimeout(timer);
  timer = setTimeout(() => tell('GET'), (seconds + 1) * 1000);
};

const isActing = () => {
  if (Date.now() - toldAt < TELL_EVERY) return;
  toldAt = Date.now();
  tell('POST');
};

form.addEventListener('submit', () => {
  for (const kept of document.querySelectorAll('form[data-keep]')) {
    for (const [name, text] of new FormData(kept)) {
      if (typeof text !== 'string' || !text || name === 'csrfmiddlewaretoken') continue;
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = `giu_${name}`;
      field.value = text;
      form.append(field);
    }
  }
});
document.addEventListener('keydown', isActing);
document.addEventListener('pointerdown', isActing);
document.addEventListener('visibilitychange', () => { if (!document.hidden) tell('GET'); });
wait(Number(form.dataset.left));
