// SmartOTP on this device (RFC 6238). The secret lies in the browser, mixed with what PBKDF2 makes
// of the PIN. There is no check value: any other PIN opens another secret, whose codes are wrong,
// so that neither the page nor whoever copies the storage learns which PIN is right.
const STORE = 'vssid.smart-otp';
const ROUNDS = 600000;
const STEP_MS = 30000;
const SHOWN_MS = 180000;
const PIN = /^[0-9]{6}$/;

const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

const read = () => {
  try {
    const found = JSON.parse(localStorage.getItem(STORE)) || {};
    return { kept: found.kept || [], pending: found.pending || null };
  } catch {
    return { kept: [], pending: null };
  }
};
const write = (store) => localStorage.setItem(STORE, JSON.stringify(store));
const without = (kept, owner) => kept.filter((one) => one.owner !== owner);

// Turns a secret into what is kept, and back: the same act.
const mix = async (bytes, pin, salt, rounds) => {
  const key = await crypto.subtle.importKey(
    'raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'],
  );
  const stream = new Uint8Array(await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, key, bytes.length * 8,
  ));
  return bytes.map((byte, at) => byte ^ stream[at]);
};

const codeAt = async (secret, step) => {
  const key = await crypto.subtle.importKey(
    'raw', secret, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'],
  );
  const counter = new DataView(new ArrayBuffer(8));
  counter.setUint32(0, Math.floor(step / 2 ** 32));
  counter.setUint32(4, step % 2 ** 32);
  const made = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const number = made.getUint32(made.getUint8(19) & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
};

const isEasy = (pin) => {
  const steps = [...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at]));
  return steps.every((step) => step === steps[0]) && Math.abs(steps[0]) <= 1;
};

const register = (address) => {
  navigator.serviceWorker?.register(address).catch(() => {
    // Without a worker the codes still work, only not without a network.
  });
};

const say = (place, text) => {
  place.hidden = !text;
  place.textContent = text;
};

const busy = (button, isBusy) => {
  const label = button.querySelector('span');
  button.dataset.ready = button.dataset.ready || label.textContent;
  button.disabled = isBusy;
  label.textContent = isBusy ? button.dataset.busy : button.dataset.ready;
};

// «Thiết lập SmartOTP»: what was waiting becomes valid once the server says that it is in force.
const settle = (root) => {
  const { owner, mark, worker } = root.dataset;
  const store = read();
  if (!('inForce' in root.dataset)) {
    store.kept = without(store.kept, owner);
  } else if (store.pending?.mark === mark) {
    const { mark: _used, ...entry } = store.pending;
    store.kept = [...without(store.kept, owner), entry];
    store.pending = null;
    navigator.storage?.persist?.();
  }
  try {
    write(store);
  } catch {
    return;
  }
  if (store.kept.length) register(worker);
};

// Browsers give no keys to a page that came without TLS: the other way still works.
const offerOther = () => {
  const note = document.querySelector('[data-insecure]');
  const [here, other] = document.querySelectorAll('input[name="cach"]');
  if (note) note.hidden = false;
  if (!here) return;
  here.disabled = true;
  other.checked = true;
};

// The PIN, twice. Its fields have no names and are emptied: they cannot be sent.
const setUp = (root) => {
  const form = root.querySelector('form');
  const problem = root.querySelector('[data-problem]');
  const button = form.querySelector('[data-busy]');
  const [first, again] = root.querySelectorAll('#pin, #pin-again');
  const wrong = () => {
    if (!PIN.test(first.value)) return 'short';
    if (isEasy(first.value)) return 'easy';
    return first.value === again.value ? '' : 'differ';
  };
  root.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const found = wrong();
    say(problem, found ? problem.dataset[found] : '');
    if (found) {
      (found === 'differ' ? again : first).focus();
      return;
    }
    busy(button, true);
    const { owner, label, mark } = root.dataset;
    const secret = fromHex(root.dataset.secret);
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const box = await mix(secret, first.value, salt, ROUNDS);
    const entry = { owner, label, mark, salt: toHex(salt), rounds: ROUNDS, box: toHex(box) };
    try {
      write({ ...read(), pending: entry });
    } catch {
      busy(button, false);
      say(problem, problem.dataset.blocked);
      return;
    }
    first.value = '';
    again.value = '';
    form.elements.code.value = await codeAt(secret, Math.floor(Date.now() / STEP_MS));
    form.submit();
  });
};

// The public page: PIN, code, seconds.
const show = (root) => {
  const part = (name) => root.querySelector(`[data-${name}]`);
  const form = part('unlock').querySelector('form');
  const pin = form.querySelector('#pin');
  const bar = root.querySelector('progress');
  const copy = part('copy').querySelector('span');
  const copyWord = copy.textContent;
  let secret = null;
  let code = '';
  let shownStep = -1;
  let hideAt = 0;

  const chosen = () => {
    const { kept } = read();
    const owner = form.elements.so?.value;
    return kept.find((one) => one.owner === owner) || kept[0];
  };

  const label = () => {
    for (const place of root.querySelectorAll('[data-label]')) {
      place.textContent = chosen()?.label || '';
    }
  };

  const drawNumbers = (kept) => {
    const grid = part('numbers').querySelector('div');
    grid.replaceChildren(...kept.map((one, at) => {
      const choice = document.createElement('div');
      const radio = document.createElement('input');
      const text = document.createElement('label');
      choice.className = 'choice';
      Object.assign(radio, { type: 'radio', name: 'so', id: `so-${at}`, value: one.owner });
      radio.checked = at === 0;
      text.htmlFor = radio.id;
      text.textContent = one.label;
      choice.append(radio, text);
      return choice;
    }));
    part('numbers').hidden = kept.length < 2;
    part('only').hidden = kept.length !== 1;
    part('only').querySelector('b').textContent = kept[0]?.label || '';
  };

  const hide = () => {
    secret = null;
    code = '';
    part('code').textContent = '';
    part('shown').hidden = true;
    const { kept } = read();
    part('unlock').hidden = !kept.length;
    part('more').hidden = !kept.length;
    part('none').hidden = kept.length > 0;
    drawNumbers(kept);
    label();
  };

  const tick = async () => {
    if (!secret) return;
    const now = Date.now();
    const step = Math.floor(now / STEP_MS);
    if (now > hideAt) {
      hide();
      return;
    }
    if (step !== shownStep) {
      shownStep = step;
      const made = await codeAt(secret, step);
      if (!secret) return;
      code = made;
      part('code').textContent = `${code.slice(0, 3)} ${code.slice(3)}`;
      copy.textContent = copyWord;
    }
    const left = Math.ceil((STEP_MS - (now % STEP_MS)) / 1000);
    part('left').textContent = part('left').dataset.words.replace('{s}', left);
    bar.value = left;
    setTimeout(tick, 250);
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const isWhole = PIN.test(pin.value);
    part('problem').hidden = isWhole;
    const entry = chosen();
    if (!isWhole || !entry) {
      pin.focus();
      return;
    }
    const button = form.querySelector('[data-busy]');
    busy(button, true);
    secret = await mix(fromHex(entry.box), pin.value, fromHex(entry.salt), entry.rounds);
    pin.value = '';
    busy(button, false);
    shownStep = -1;
    hideAt = Date.now() + SHOWN_MS;
    await tick();
    part('unlock').hidden = true;
    part('shown').hidden = false;
    part('copy').focus();
  });
  form.addEventListener('change', label);

  part('copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code);
      copy.textContent = part('copy').dataset.copied;
    } catch {
      // Not allowed: the digits are marked, so that a long press copies them.
      getSelection().selectAllChildren(part('code'));
    }
  });
  part('hide').addEventListener('click', () => {
    hide();
    pin.focus();
  });
  part('forget').addEventListener('click', () => {
    const store = read();
    write({ ...store, kept: without(store.kept, chosen()?.owner) });
    hide();
  });
  // Going back must not find the code still open.
  window.addEventListener('pagehide', hide);

  root.hidden = false;
  hide();
  register(root.dataset.worker);
};

const root = document.querySelector('[data-smart-otp]');
const screens = { state: settle, setup: setUp, codes: show };
if (globalThis.crypto?.subtle) {
  screens[root.dataset.smartOtp](root);
} else {
  offerOther();
}
