// «Cài đặt ngay» appears where the browser can install by itself; the written steps stay anyway.
const offer = document.querySelector('[data-install]');
const standalone = window.matchMedia('(display-mode: standalone)');

document.querySelector('[data-installed]').hidden = !standalone.matches && !navigator.standalone;

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  offer.hidden = false;
  offer.querySelector('button').onclick = () => {
    offer.hidden = true;
    event.prompt();
  };
});

window.addEventListener('appinstalled', () => { offer.hidden = true; });
