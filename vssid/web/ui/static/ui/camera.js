// The camera in the page, with the frame that the card or the face must fill, and hints about what
// it sees, written and spoken. Answers with a File, with null when the person gave up, or with
// 'unavailable'.
import { Hints } from './camera_hints.js';

const open = async (facing) => {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: facing }, width: { ideal: 2560 }, height: { ideal: 1440 } },
    });
  } catch {
    return null;
  }
};

// The part of the video below the frame, in the video's own pixels.
const framed = (dialog, video, share) => {
  const view = video.getBoundingClientRect();
  const frame = dialog.querySelector('.camera-frame').getBoundingClientRect();
  const scale = Math.max(view.width / video.videoWidth, view.height / video.videoHeight);
  const margin = frame.width * share;
  const left = (view.width - video.videoWidth * scale) / 2;
  const top = (view.height - video.videoHeight * scale) / 2;
  const x = Math.max(0, (frame.left - margin - left) / scale);
  const y = Math.max(0, (frame.top - margin - top) / scale);
  return {
    x,
    y,
    width: Math.min(video.videoWidth - x, (frame.width + 2 * margin) / scale),
    height: Math.min(video.videoHeight - y, (frame.height + 2 * margin) / scale),
  };
};

const cut = (dialog, video) => {
  const { x, y, width, height } = framed(dialog, video, 0.06);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d').drawImage(video, x, y, width, height, 0, 0, width, height);
  return new Promise((done) => {
    canvas.toBlob((blob) => done(blob && new File([blob], 'photo.jpg', { type: 'image/jpeg' })), 'image/jpeg', 0.92);
  });
};

export const takePhoto = async (input) => {
  const stream = await open(input.getAttribute('capture'));
  if (!stream) return 'unavailable';
  const dialog = document.getElementById(`${input.id}-camera`).content.firstElementChild.cloneNode(true);
  document.body.append(dialog);
  const video = dialog.querySelector('video');
  video.srcObject = stream;
  const hints = new Hints(dialog, () => video.videoWidth && [video, framed(dialog, video, 0)]);
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      hints.end();
      for (const track of stream.getTracks()) track.stop();
      dialog.remove();
      done(null);
    });
    dialog.querySelector('[data-shoot]').addEventListener('click', async () => {
      done(await cut(dialog, video));
      dialog.close();
    });
    dialog.querySelector('[data-cancel]').addEventListener('click', () => dialog.close());
    dialog.showModal();
    hints.begin();
  });
};

takePhoto.possible = () =>
  'HTMLDialogElement' in window && Boolean(navigator.mediaDevices?.getUserMedia);
