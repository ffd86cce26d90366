// Searches while one types. Without this the form is sent by its button.
const form = document.querySelector('form[data-seek]');
const field = form.querySelector('input[type="search"]');
let timer;
let last = field.value.trim();

const seek = async () => {
  const wanted = field.value.trim();
  if (wanted === last) return;
  last = wanted;
  const address = `${form.action}${wanted ? `?tim=${encodeURIComponent(wanted)}` : ''}`;
  try {
    const answer = await fetch(address, { credentials: 'same-origin' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = page.getElementById(form.dataset.seek);
    // What was asked for since is on its way.
    if (found && wanted === field.value.trim()) {
      document.getElementById(form.dataset.seek).replaceChildren(...found.childNodes);
    }
  } catch {
    last = '';
  }
};

field.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(seek, 350);
});
