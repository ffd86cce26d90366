// Another picture without losing what was typed. Without this the button asks the server for it.
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-captcha][data-refresh] button');
  if (!button) return;
  event.preventDefault();
  const box = button.closest('[data-captcha]');
  try {
    const answer = await fetch(box.dataset.refresh, {
      headers: { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' },
    });
    const fresh = await answer.json();
    box.querySelector('img').src = fresh.image_url;
    box.querySelector('input[type=hidden]').value = fresh.key;
    const input = box.querySelector('.input');
    input.value = '';
    input.focus();
  } catch {
    box.removeAttribute('data-refresh');
    button.click();
  }
});
