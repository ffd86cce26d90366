// Passkeys: asks the server what to ask, the device for its answer, and sends that as a form.
// A form with data-passkey («create» or «get») stays hidden where the browser or the address
// cannot; what stands beside it for that case, [data-passkey-none], is hidden where they can, and
// what leads to such a form, [data-passkey-able], is shown.
const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

const withBytes = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

function readable(options) {
  const read = { ...options, challenge: bytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = withBytes(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = withBytes(options.allowCredentials);
  return read;
}

const PARTS = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature',
  'userHandle'];

function sendable(credential) {
  const response = {};
  for (const part of PARTS) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: text(credential.rawId), type, response });
}

async function ask(form) {
  const answer = await fetch(form.dataset.options, {
    method: 'POST',
    body: new FormData(form),
    headers: { Accept: 'application/json' },
  });
  // The session ended, or one must prove oneself again: the page itself knows the way.
  if (!answer.headers.get('Content-Type')?.startsWith('application/json')) {
    window.location.assign(window.location.pathname + window.location.search);
    return null;
  }
  return answer.json();
}

const sentence = (form, error) => ({
  NotAllowedError: form.dataset.cancelled,
  InvalidStateError: form.dataset.known,
}[error.name] || form.dataset.failed);

async function run(form, status) {
  const asked = await ask(form);
  if (!asked) return true;
  if (asked.problem) {
    status.textContent = asked.problem;
    return false;
  }
  const publicKey = readable(asked.options);
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
  form.elements.ve.value = asked.ticket;
  form.elements.tra_loi.value = sendable(credential);
  form.submit();
  return true;
}

function wake(form) {
  const [button, status] = [form.querySelector('button'), form.querySelector('[role=status]')];
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    status.textContent = form.dataset.working;
    try {
      button.disabled = await run(form, status);
    } catch (error) {
      status.textContent = sentence(form, error);
      button.disabled = false;
    }
  });
  // Somebody who comes back by the browser's arrow may press again.
  window.addEventListener('pageshow', () => {
    button.disabled = false;
    status.textContent = '';
  });
}

// Browsers make passkeys for names, never for an address of digits.
const isNamed = !/^[\d.]+$|:/.test(window.location.hostname);
if (window.PublicKeyCredential && navigator.credentials && isNamed) {
  document.querySelectorAll('[data-passkey-none]').forEach((one) => { one.hidden = true; });
  document.querySelectorAll('[data-passkey-able]').forEach((one) => { one.hidden = false; });
  document.querySelectorAll('form[data-passkey]').forEach(wake);
}
