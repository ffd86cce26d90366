// Printing needs the browser's own dialog; what is folded is opened for the paper.
for (const button of document.querySelectorAll('[data-print]')) button.hidden = false;

document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-print]')) window.print();
});

let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('main details:not([open])')];
  for (const part of folded) part.open = true;
});
addEventListener('afterprint', () => {
  for (const part of folded) part.open = false;
});
