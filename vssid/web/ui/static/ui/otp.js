// The wait before a code may be asked for again; the server refuses an early one by itself.
for (const form of document.querySelectorAll('[data-resend]')) {
  const button = form.querySelector('button');
  const label = button.querySelector('span');
  const ready = label.textContent;
  const until = Date.now() + Number(form.dataset.resend) * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.disabled = left > 0;
    label.textContent = left > 0 ? form.dataset.wait.replace('{s}', left) : ready;
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}

// Pasted codes come with spaces and words: only the digits stay.
document.addEventListener('input', (event) => {
  const input = event.target;
  if (!input.matches?.('.input-code')) return;
  const digits = input.value.replace(/\D/g, '');
  if (digits !== input.value) input.value = digits;
});
