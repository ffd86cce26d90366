// Buttons above the text of an article: each writes the signs that the help below it lists.
const SIGNS = [
  ['**', '**', 'B'],
  ['\n## ', '\n', 'H'],
  ['\n- ', '', '•'],
  ['[', '](https://)', '↗'],
];

for (const field of document.querySelectorAll('[data-editor]')) {
  const bar = document.createElement('div');
  bar.className = 'editor-bar';
  bar.setAttribute('role', 'group');
  const [called, ...names] = field.dataset.editor.split('|');
  bar.setAttribute('aria-label', called);
  SIGNS.forEach(([before, after, sign], at) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button secondary small';
    button.textContent = `${sign} ${names[at]}`;
    button.addEventListener('click', () => {
      const { selectionStart: from, selectionEnd: to, value } = field;
      const chosen = value.slice(from, to);
      field.focus();
      field.setRangeText(before + chosen + after, from, to, 'end');
      const end = from + before.length + chosen.length;
      field.setSelectionRange(chosen ? end : from + before.length, end);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    bar.append(button);
  });
  field.before(bar);
}
