// A QR by the camera into the first field of the button's form, where the browser reads QR codes by
// itself; else the button stays away.
const button = document.querySelector('[data-camera]');
const { form } = button;
const field = form.querySelector('input:not([type=hidden]), textarea');
const view = form.querySelector('[data-view]');
const problem = form.querySelector('[data-problem]');
const PAUSE_MS = 150;

const stop = () => {
  for (const track of view.srcObject?.getTracks() ?? []) track.stop();
  view.srcObject = null;
  view.hidden = true;
};

const look = async (detector) => {
  if (!view.srcObject) return;
  const [found] = await detector.detect(view).catch(() => []);
  if (!found) {
    setTimeout(() => look(detector), PAUSE_MS);
    return;
  }
  stop();
  field.value = found.rawValue;
  form.requestSubmit();
};

const start = async () => {
  if (view.srcObject) {
    stop();
    return;
  }
  problem.hidden = true;
  try {
    view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    view.hidden = false;
    await view.play();
    look(new BarcodeDetector({ formats: ['qr_code'] }));
  } catch {
    stop();
    problem.hidden = false;
  }
};

const canScan = async () => 'BarcodeDetector' in window && navigator.mediaDevices
  && (await BarcodeDetector.getSupportedFormats()).includes('qr_code');

if (await canScan().catch(() => false)) {
  button.hidden = false;
  button.addEventListener('click', start);
  window.addEventListener('pagehide', stop);
}
