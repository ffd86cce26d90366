// Counts down and goes on by itself when the turn has come; without a network it waits for one.
const line = document.querySelector('[data-waiting]');
const form = document.querySelector('main form');
const turn = performance.now() + Number(line.dataset.waiting) * 1000;
let sent = false;

const send = () => {
  if (sent || !navigator.onLine) return;
  sent = true;
  line.textContent = line.dataset.now;
  form.requestSubmit();
  setTimeout(() => { sent = false; }, 15000);
};

// Said once by the page; every second would drown everything else out.
line.setAttribute('aria-live', 'off');
setInterval(() => {
  const left = Math.ceil((turn - performance.now()) / 1000);
  if (left <= 0) send();
  else line.textContent = line.dataset.words.replace('{seconds}', String(left));
}, 500);
