// Has the worker keep the cards of whoever is signed in, so that they open without a network.
const { worker, owner } = document.querySelector('script[data-worker]').dataset;

const ask = async () => {
  await navigator.serviceWorker.register(worker);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keepCards: owner });
};

// Without a worker everything works, only not without a network.
if (navigator.serviceWorker) ask().catch(() => {});
