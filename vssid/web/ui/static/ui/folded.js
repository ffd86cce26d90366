// A link to a folded part opens it. Without this it still leads to the part, closed.
const show = (address) => {
  const part = address?.startsWith('#') && document.getElementById(decodeURIComponent(address.slice(1)));
  if (part?.tagName !== 'DETAILS') return;
  part.open = true;
  part.querySelector('summary').focus({ preventScroll: true });
  part.scrollIntoView({ block: 'start' });
};

document.addEventListener('click', (event) => {
  show(event.target.closest?.('a')?.getAttribute('href'));
});
show(window.location.hash);
