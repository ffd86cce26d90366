// One-key shortcuts at the desk. [data-shortcut] is pressed by its letter, [data-focus] is reached by
// it; the sheet behind «?» lists them and switches them off on this machine. Escape leaves a field.
const OFF = 'desk-shortcuts-off';
const isTyping = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
  && !/^(checkbox|radio)$/.test(target.type);
const isOff = () => localStorage.getItem(OFF) === '1';

const sheet = document.querySelector('[data-sheet]');
const opener = document.querySelector('[data-sheet-open]');
if (sheet && opener) {
  opener.hidden = false;
  opener.addEventListener('click', () => sheet.showModal());
  const on = sheet.querySelector('[data-shortcuts-on]');
  on.checked = !isOff();
  on.addEventListener('change', () => localStorage.setItem(OFF, on.checked ? '0' : '1'));
}

const reach = (field) => {
  const fold = field.closest('details');
  if (fold) fold.open = true;
  const goal = field.tagName === 'SUMMARY' ? fold.querySelector('input:not([type=hidden])') : field;
  goal.focus();
};

document.addEventListener('keydown', (event) => {
  // What lies behind an open sheet or photo is not pressed.
  if (document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape') { document.activeElement.blur(); return; }
  if (isOff() || isTyping(event.target)) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const name = CSS.escape(key);
  const field = document.querySelector(`[data-focus="${name}"]`);
  const pressed = document.querySelector(`[data-shortcut="${name}"]`);
  if (!field && !pressed) return;
  event.preventDefault();
  if (field) reach(field); else pressed.click();
});
