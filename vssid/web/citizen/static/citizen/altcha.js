// Solves the proof of work that stands in for the picture code (ALTCHA: PBKDF2/SHA-256).
// The widget of the library is ten times this page and starts workers that our policy forbids.
const box = document.querySelector('[data-altcha]');

const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

async function derive(parameters, counter) {
  const nonce = fromHex(parameters.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  new DataView(password.buffer).setUint32(nonce.length, counter);
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: fromHex(parameters.salt), iterations: parameters.cost },
    key, parameters.keyLength * 8);
  return toHex(new Uint8Array(bits));
}

async function solve(challenge) {
  const started = performance.now();
  for (let counter = 0; ; counter += 1) {
    const derivedKey = await derive(challenge.parameters, counter);
    if (derivedKey.startsWith(challenge.parameters.keyPrefix)) {
      return { counter, derivedKey, time: performance.now() - started };
    }
  }
}

if (box && window.crypto && crypto.subtle) {
  const [button, status, field] = [box.querySelector('button'), box.querySelector('[role=status]'),
    box.querySelector('input')];
  box.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    status.textContent = box.dataset.working;
    try {
      const challenge = await (await fetch(box.dataset.altcha)).json();
      field.value = btoa(JSON.stringify({ challenge, solution: await solve(challenge) }));
      status.textContent = box.dataset.done;
    } catch {
      status.textContent = '';
      button.disabled = false;
    }
  });
}
