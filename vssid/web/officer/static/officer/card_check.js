// The focus goes to the field below the answer: on a small phone it would scroll the answer away.
requestAnimationFrame(() => document.querySelector('.verdict')?.scrollIntoView({ block: 'nearest' }));
