// Runs before anything is drawn, so that no page flashes in the wrong theme or language. A file of its own, because the
// content security policy allows no inline scripts. The keys are those of src/theme/theme.ts and src/language/language-choice.ts.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('latchkey.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    const language = localStorage.getItem('latchkey.language') ?? navigator.language;
    root.lang = language.startsWith('zh') ? 'zh-Hans' : 'en';
  } catch {
    // Storage can be forbidden; system theme and English it is, until the page itself runs.
  }
})();
