// «Gần tôi»: the device asks its owner, rounds its place to a hundred metres and sends it once.
// Without scripts, without consent or without a receiver the lists of areas serve as well.
const form = document.querySelector('[data-near]');
const search = document.getElementById('tim-kiem');
const PATIENCE = { enableHighAccuracy: false, timeout: 15000, maximumAge: 60000 };

const rounded = (degrees) => degrees.toFixed(3);

const tell = (text) => {
  form.querySelector('[data-told]').textContent = text;
};

const send = ({ coords }) => {
  for (const name of ['tim', 'tinh', 'xa']) {
    form.elements[name].value = search.elements[name]?.value ?? '';
  }
  form.elements.vi_do.value = rounded(coords.latitude);
  form.elements.kinh_do.value = rounded(coords.longitude);
  form.submit();
};

if (form && navigator.geolocation) {
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    tell(form.dataset.waiting);
    navigator.geolocation.getCurrentPosition(send, () => tell(form.dataset.failed), PATIENCE);
  });
}
