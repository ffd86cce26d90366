// Menus open and close without this; it adds Escape and a press outside.
const opened = () => document.querySelectorAll('details[data-menu][open]');

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of opened()) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

document.addEventListener('click', (event) => {
  for (const menu of opened()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A page that the browser kept whole comes back without asking us: after signing out, or on a
// shared phone, it would show somebody's record. It is hidden and asked for anew.
// Pages of nobody in particular stay: a half-filled form must not be emptied.
window.addEventListener('pageshow', (event) => {
  if (!event.persisted || !document.body.hasAttribute('data-personal')) return;
  document.documentElement.hidden = true;
  window.location.reload();
});

// The error summary is where a person must start after a form came back.
document.querySelector('.errors')?.focus();
