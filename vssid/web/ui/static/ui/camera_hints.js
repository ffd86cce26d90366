// What the camera sees, three times a second, in a few words: too dark, hold still, closer. The
// words always stand on the screen; they are spoken too unless somebody muted them.
const EVERY = 330;
const WIDTH = 96;
const TILE = 12;
const SHORT_PAUSE = 900;
const PAUSE = 3500;
const LANGUAGE = document.documentElement.lang || 'vi';
const QUIET = 'quiet_camera';
const DARK = 55;
const BRIGHT = 215;
const BURNT = 250;
const GLARE = [0.015, 0.25];
const MOVING = 11;
const DETAIL = 40;
const FILLED = 0.4;

const remembered = () => {
  try { return localStorage.getItem(QUIET) === '1'; } catch { return false; }
};
const remember = (quiet) => {
  try { localStorage.setItem(QUIET, quiet ? '1' : '0'); } catch { /* then only for this time */ }
};

// One language read by another's voice is worse than silence; a list still empty may fill later.
const canSpeak = () => {
  if (!('speechSynthesis' in window)) return false;
  const voices = speechSynthesis.getVoices();
  return !voices.length || voices.some((voice) => voice.lang.toLowerCase().startsWith(LANGUAGE));
};

const mean = (grey) => grey.reduce((sum, value) => sum + value, 0) / grey.length;

const change = (grey, before) => {
  if (before?.length !== grey.length) return 0;
  let sum = 0;
  for (let i = 0; i < grey.length; i += 1) sum += Math.abs(grey[i] - before[i]);
  return sum / grey.length;
};

// The share of tiles that show something: a card that is too far away leaves the outer ones plain.
const filled = (grey, width) => {
  const height = grey.length / width;
  let shown = 0;
  let all = 0;
  for (let top = 0; top + TILE <= height; top += TILE) {
    for (let left = 0; left + TILE <= width; left += TILE) {
      let low = 255;
      let high = 0;
      for (let y = top; y < top + TILE; y += 1) {
        for (let x = left; x < left + TILE; x += 1) {
          low = Math.min(low, grey[y * width + x]);
          high = Math.max(high, grey[y * width + x]);
        }
      }
      all += 1;
      if (high - low > DETAIL) shown += 1;
    }
  }
  return shown / all;
};

// `known` are the words that this frame has: a face is never told to come closer by its edges.
export const judge = (grey, width, before, known) => {
  const light = mean(grey);
  const burnt = grey.filter((value) => value >= BURNT).length / grey.length;
  if (light < DARK) return 'dark';
  if (light > BRIGHT && burnt > GLARE[1]) return 'bright';
  if (change(grey, before) > MOVING) return 'still';
  if ('glare' in known && burnt > GLARE[0] && burnt < GLARE[1]) return 'glare';
  if ('closer' in known && filled(grey, width) < FILLED) return 'closer';
  return 'ready';
};

export class Hints {
  constructor(dialog, view) {
    this.view = view;
    this.note = dialog.querySelector('.camera-hint');
    this.voice = dialog.querySelector('[data-voice]');
    this.canvas = document.createElement('canvas');
    this.seen = [];
    this.shownAt = -PAUSE;
    this.spokenAt = -PAUSE;
    this.voice.hidden = !canSpeak();
    this.voice.addEventListener('click', () => this.mute(!this.isQuiet));
  }

  begin() {
    this.mute(remembered());
    this.say('start');
    this.timer = setInterval(() => this.look(), EVERY);
  }

  end() {
    clearInterval(this.timer);
    window.speechSynthesis?.cancel();
  }

  mute(quiet) {
    this.isQuiet = quiet;
    this.voice.setAttribute('aria-pressed', String(!quiet));
    remember(quiet);
    if (quiet) window.speechSynthesis?.cancel();
  }

  look() {
    const view = this.view();
    if (!view) return;
    const [video, { x, y, width, height }] = view;
    this.canvas.width = WIDTH;
    this.canvas.height = Math.round((WIDTH * height) / width);
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, x, y, width, height, 0, 0, WIDTH, this.canvas.height);
    const { data } = context.getImageData(0, 0, WIDTH, this.canvas.height);
    const grey = new Float32Array(data.length / 4);
    for (let i = 0; i < grey.length; i += 1) {
      grey[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
    }
    this.seen = [...this.seen.slice(-1), judge(grey, WIDTH, this.before, this.note.dataset)];
    this.before = grey;
    // Twice in a row: one look alone flickers.
    if (this.seen[0] === this.seen[1]) this.say(this.seen[1]);
  }

  say(word) {
    const now = performance.now();
    if (word !== this.word && now - this.shownAt > SHORT_PAUSE) {
      this.word = word;
      this.shownAt = now;
      this.note.textContent = this.note.dataset[word];
      this.note.dataset.now = word;
    }
    if (this.isQuiet || this.voice.hidden) return;
    if (this.word === this.spoken || now - this.spokenAt < PAUSE) return;
    this.spoken = this.word;
    this.spokenAt = now;
    const words = new SpeechSynthesisUtterance(this.note.textContent);
    words.lang = LANGUAGE;
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  }
}
