// A picked photo is shown, looked at and made small before it travels. Whatever fails here, the
// file goes as it was picked, and the server checks it again.
import { takePhoto } from './camera.js';

const LONGEST = 1600;
const SHORTEST = 500;
// Three photos and the words around them stay below 1.5 MB.
const MOST_BYTES = 440 * 1024;
const QUALITIES = [0.86, 0.76, 0.66];
const SMALLER = 0.8;
const LOOK = 256;
const BLURRY = 60;
const DARK = 55;

const draw = (source, width, height) => {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  canvas.getContext('2d', { willReadFrequently: true }).drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const greys = (canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const grey = new Float32Array(data.length / 4);
  for (let i = 0; i < grey.length; i += 1) {
    grey[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  }
  return grey;
};

// The spread of the Laplacian: edges of a sharp photo make it large.
const sharpness = (grey, width, height) => {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      const edge = 4 * grey[i] - grey[i - 1] - grey[i + 1] - grey[i - width] - grey[i + width];
      sum += edge;
      squares += edge * edge;
      count += 1;
    }
  }
  return squares / count - (sum / count) ** 2;
};

const judge = (bitmap) => {
  if (Math.min(bitmap.width, bitmap.height) < SHORTEST) return 'small';
  const scale = LOOK / Math.max(bitmap.width, bitmap.height);
  const canvas = draw(bitmap, bitmap.width * scale, bitmap.height * scale);
  const grey = greys(canvas);
  if (grey.reduce((sum, value) => sum + value, 0) / grey.length < DARK) return 'dark';
  return sharpness(grey, canvas.width, canvas.height) < BLURRY ? 'blurry' : 'good';
};

const say = (box, word) => {
  const note = box.querySelector('.photo-note');
  note.className = `photo-note is-${['good', 'chosen'].includes(word) ? 'good' : 'warn'}`;
  note.textContent = box.dataset[word];
};

const encode = (canvas, quality) => new Promise((done) => { canvas.toBlob(done, 'image/jpeg', quality); });

// Coarser first, then smaller, until it is light enough.
const shrink = async (canvas) => {
  let small = null;
  for (const quality of QUALITIES) {
    small = await encode(canvas, quality);
    if (!small || small.size <= MOST_BYTES) return small;
  }
  return shrink(draw(canvas, canvas.width * SMALLER, canvas.height * SMALLER));
};

const prepare = async (input) => {
  const [file] = input.files;
  const box = input.closest('[data-photo]');
  say(box, 'working');
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = draw(bitmap, bitmap.width * scale, bitmap.height * scale);
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', box.querySelector('legend').textContent);
  box.querySelector('.photo-frame').replaceChildren(canvas);
  say(box, judge(bitmap));
  const small = await shrink(canvas);
  if (!small || (small.size >= file.size && file.type === 'image/jpeg')) return;
  const parcel = new DataTransfer();
  parcel.items.add(new File([small], `${input.name}.jpg`, { type: 'image/jpeg' }));
  input.files = parcel.files;
};

const accept = async (input) => {
  const box = input.closest('[data-photo]');
  if (!input.files.length) return;
  for (const other of box.querySelectorAll('.photo-input')) {
    if (other !== input) other.value = '';
  }
  try {
    await prepare(input);
  } catch {
    // This browser cannot read the picture (HEIC outside Safari): the server can.
    const [file] = input.files;
    box.querySelector('.photo-frame').replaceChildren(file.name);
    say(box, 'chosen');
  }
  input.dispatchEvent(new CustomEvent('photo:ready', { bubbles: true }));
};

document.addEventListener('change', (event) => {
  if (event.target.matches?.('.photo-input')) accept(event.target);
});

// The camera with a frame, where the browser has one; otherwise the phone's own camera app opens.
document.addEventListener('click', async (event) => {
  const input = event.target;
  if (!input.matches?.('.photo-input[capture]') || input.dataset.plain || !takePhoto.possible()) return;
  event.preventDefault();
  const taken = await takePhoto(input);
  if (taken === 'unavailable') {
    input.dataset.plain = '1';
    input.click();
  } else if (taken) {
    const parcel = new DataTransfer();
    parcel.items.add(taken);
    input.files = parcel.files;
    accept(input);
  }
});
