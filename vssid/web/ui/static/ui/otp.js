// The wait before a code may be asked for again; the server refuses an early one by itself.
for (const form of document.querySelectorAll('[data-resend]')) {
  const buttons = [...form.querySelectorAll('button')].map((button) => {
    const label = button.querySelector('span');
    return { button, label, ready: label.textContent };
  });
  const began = Date.now();
  const tick = () => {
    // Read anew each time: what could not be delivered need not be waited for.
    const until = began + Number(form.dataset.resend) * 1000;
    const left = Math.ceil((until - Date.now()) / 1000);
    for (const { button, label, ready } of buttons) {
      const wait = button.dataset.wait ?? form.dataset.wait;
      button.disabled = left > 0;
      label.textContent = left > 0 ? wait.replace('{s}', left) : ready;
    }
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
