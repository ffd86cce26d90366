// Keyboard at a petition: each [data-key] is reached by its letter; Escape leaves a field.
const isTyping = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') { document.activeElement.blur(); return; }
  if (isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  const fold = wanted.closest('details');
  if (fold) fold.open = true;
  const field = wanted.tagName === 'SUMMARY' ? fold.querySelector('input:not([type=hidden]), textarea') : wanted;
  field.focus();
});
