// Keyboard at the counter: D approves, T opens the refusal, R turns a photo, Escape leaves a field.
const isTyping = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
  && !/^(checkbox|radio)$/.test(target.type);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') { document.activeElement.blur(); return; }
  if (isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  if (key === 'd') document.querySelector('#duyet [name=compared]')?.focus();
  if (key === 't') {
    const fold = document.querySelector('#tu-choi')?.closest('details');
    if (fold) { fold.open = true; fold.querySelector('input[type=checkbox]').focus(); }
  }
  if (key === 'r') {
    const photo = document.activeElement.querySelector?.('img');
    if (photo) photo.dataset.turn = String((Number(photo.dataset.turn || 0) + 90) % 360);
  }
});
