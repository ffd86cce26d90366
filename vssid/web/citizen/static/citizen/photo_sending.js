// A photo travels as soon as it is there, in parts: a line that breaks costs one part, and the rest
// goes on when it is back. Whatever fails here, the file stays in its box and goes with the form.
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;
const PATIENCE = 180000;
const PART_PATIENCE = 60000;

const running = new Map();

class Refused extends Error {}
class Later extends Error {}
class Lost extends Error {}
class Useless extends Error {}

const pause = (wait) => new Promise((done) => {
  const end = () => {
    clearTimeout(timer);
    window.removeEventListener('online', end);
    done();
  };
  const timer = setTimeout(end, wait);
  window.addEventListener('online', end);
});

const ask = async (address, form, { method = 'POST', headers = {}, body, stop } = {}) => {
  const limit = new AbortController();
  const end = () => limit.abort();
  stop.addEventListener('abort', end);
  const timer = setTimeout(end, PART_PATIENCE);
  try {
    const key = form.querySelector('[name=csrfmiddlewaretoken]').value;
    const answer = await fetch(address, {
      method, body, signal: limit.signal, headers: { 'X-CSRFToken': key, ...headers }, cache: 'no-store',
    });
    if (answer.status >= 500) throw new Lost();
    // Led elsewhere, or a page instead of an answer: the form finds out what is the matter.
    if (answer.redirected || !answer.headers.get('Content-Type')?.includes('json')) throw new Useless();
    return { status: answer.status, said: await answer.json() };
  } catch (error) {
    if (error instanceof Useless) throw error;
    throw new Lost();
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
  }
};

// Too much at once is no fault of the photo: it stays in its box and goes with the form.
const refusal = (status, said) => new (status === 429 ? Later : Refused)(said.problem);

const begin = async (box, form, file, stop) => {
  const body = new FormData();
  body.append('size', file.size);
  const { status, said } = await ask(box.dataset.send, form, { body, stop });
  if (status === 409) throw new Lost();
  if (status !== 201) throw refusal(status, said);
  return said;
};

const sendPart = async (upload, form, file, stop) => {
  const from = upload.received;
  const { status, said } = await ask(upload.address, form, {
    headers: { 'Upload-Offset': String(from), 'Content-Type': 'application/octet-stream' },
    body: file.slice(from, from + upload.part_bytes),
    stop,
  });
  if (status === 404) return null;
  if (status !== 200 && status !== 409) throw refusal(status, said);
  return { ...upload, ...said };
};

// Where the server really stands; null when it has forgotten the upload.
const progress = async (upload, form, stop) => {
  const { status, said } = await ask(upload.address, form, { method: 'GET', stop });
  return status === 200 ? { ...upload, ...said } : null;
};

const note = (box, word, percent, good = true) => {
  const place = box.querySelector('.photo-note');
  place.className = `photo-note is-${good ? 'good' : 'warn'}`;
  place.textContent = box.dataset[word].replace('{percent}', `${percent}%`);
  if (percent === undefined) return;
  const bar = document.createElement('progress');
  bar.max = 100;
  bar.value = percent;
  bar.setAttribute('aria-hidden', 'true');
  place.append(bar);
};

// One step on the way: begin, a part, or, when it is not known how far the server is, a question.
const step = async (upload, isUnsure, box, form, file, stop) => {
  if (!upload) return begin(box, form, file, stop);
  if (isUnsure) return progress(upload, form, stop);
  return sendPart(upload, form, file, stop);
};

const send = async (box, form, file, stop) => {
  let upload = null;
  let isUnsure = false;
  let wait = FIRST_WAIT;
  let movedAt = performance.now();
  while (!upload?.is_stored) {
    const before = upload?.received ?? 0;
    const percent = Math.floor((100 * before) / file.size);
    try {
      note(box, 'sending', percent);
      upload = await step(upload, isUnsure, box, form, file, stop);
      if ((upload?.received ?? 0) > before) movedAt = performance.now();
      // All is there and not yet a photo: another answer about it got lost, or is being made.
      isUnsure = upload?.received >= file.size;
      if (isUnsure && !upload.is_stored) throw new Lost();
      wait = FIRST_WAIT;
    } catch (error) {
      const gaveUp = performance.now() - movedAt > PATIENCE;
      if (stop.aborted || gaveUp || !(error instanceof Lost)) throw error;
      isUnsure = true;
      note(box, 'cut', percent, false);
      await pause(wait * (0.75 + Math.random() / 2));
      wait = Math.min(LONGEST_WAIT, 2 * wait);
    }
  }
  return upload;
};

const question = (box, said) => {
  const place = box.querySelector('.photo-question');
  place.hidden = !said?.question;
  if (place.hidden) return;
  place.querySelector('[data-question]').textContent = said.question;
  place.querySelector('[data-advice]').textContent = said.advice;
};

const finish = (box, said) => {
  for (const input of box.querySelectorAll('.photo-input')) input.value = '';
  question(box, said);
  note(box, 'sent');
  if (said.question) box.querySelector('.photo-note').textContent = '';
  return said.question ? 'asked' : 'stored';
};

const fail = (box, error) => {
  note(box, 'later', undefined, false);
  if (!(error instanceof Refused || error instanceof Later)) return 'left';
  box.querySelector('.photo-note').textContent = error.message;
  if (error instanceof Later) return 'left';
  for (const input of box.querySelectorAll('.photo-input')) input.value = '';
  return 'refused';
};

const start = (input) => {
  const box = input.closest('[data-send]');
  const [file] = input.files;
  if (!box || !file) return;
  running.get(box)?.stop.abort();
  question(box, null);
  const stop = new AbortController();
  const entry = { stop };
  entry.end = send(box, input.form, file, stop.signal)
    .then((said) => (stop.signal.aborted ? 'replaced' : finish(box, said)))
    .catch((error) => (stop.signal.aborted ? 'replaced' : fail(box, error)))
    .finally(() => { if (running.get(box) === entry) running.delete(box); });
  running.set(box, entry);
};

document.addEventListener('photo:ready', (event) => start(event.target));

// «Tiếp» while a photo is on its way: first the photo, and what is asked about it, then the form.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (![...running.keys()].some((box) => form.contains(box))) return;
  event.preventDefault();
  if (form.dataset.waiting) return;
  form.dataset.waiting = '1';
  const ends = [];
  while (running.size) ends.push(await [...running.values()][0].end);
  delete form.dataset.waiting;
  if (ends.includes('asked') || ends.includes('refused')) {
    const [box] = form.querySelectorAll('.photo-question:not([hidden]), .photo-note.is-warn:not(:empty)');
    box?.scrollIntoView({ block: 'center' });
  } else {
    // Sent by hand, a form forgets which of its buttons was pressed.
    const by = event.submitter;
    if (by?.name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: by.name, value: by.value }));
    HTMLFormElement.prototype.submit.call(form);
  }
});
