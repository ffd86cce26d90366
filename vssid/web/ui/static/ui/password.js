// A button that shows what was typed, for thumbs on small keys.
for (const box of document.querySelectorAll('[data-peek]')) {
  const button = box.querySelector('button');
  button.hidden = false;
}

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-peek] button');
  if (!button) return;
  const box = button.closest('[data-peek]');
  const input = box.querySelector('input');
  const shown = input.type === 'password';
  input.type = shown ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(shown));
  button.querySelector('span').textContent = shown ? box.dataset.hide : box.dataset.show;
});

// Nothing readable is left in the field when it travels or is kept by the browser.
document.addEventListener('submit', (event) => {
  for (const input of event.target.querySelectorAll('[data-peek] input')) input.type = 'password';
});
