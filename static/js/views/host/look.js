/**
 * Light or dark and the language, as chosen in this browser; without a choice as the system and the server say.
 */

const THEME = "webinar.theme";
const LANG = "webinar.lang";

export function showTheme() {
  const theme = read(THEME);
  if (theme) document.documentElement.dataset.theme = theme;
}

/** The other one than is seen now. */
export function turnTheme() {
  const { theme } = document.documentElement.dataset;
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  keep(THEME, dark ? "light" : "dark");
  showTheme();
}

export const chosenLang = () => read(LANG) ?? document.documentElement.lang;

/** @param {string} lang */
export const keepLang = (lang) => keep(LANG, lang);

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // forbidden storage: the choice lasts as long as the page
    if (key === THEME) document.documentElement.dataset.theme = value;
  }
}
