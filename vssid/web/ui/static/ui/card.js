// Keeps the screen on while the card is shown, and again after coming back to it.
const keepAwake = async () => {
  if (document.visibilityState !== 'visible') return;
  try {
    await navigator.wakeLock?.request('screen');
  } catch {
    // A phone that saves power may refuse; the card is readable all the same.
  }
};

if (document.querySelector('[data-awake]')) {
  keepAwake();
  document.addEventListener('visibilitychange', keepAwake);
}
