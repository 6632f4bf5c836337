/** What this viewer chose for this browser: language, theme, keys. Forgotten where storage is forbidden. */

/** @type {Map<string, string>} */
const memory = new Map();

/**
 * @param {string} name
 * @param {string} fallback
 */
export function pref(name, fallback) {
  try {
    return memory.get(name) ?? localStorage.getItem(`webinar.${name}`) ?? fallback;
  } catch {
    return fallback;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function setPref(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(`webinar.${name}`, value);
  } catch {
    // kept in memory until the page is left
  }
}

/** Light and dark follow the system unless the viewer decided. */
export function applyTheme() {
  const theme = pref("theme", "auto");
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** The viewer's choice, else what the address or the browser asked the server for. */
export function wantedLang() {
  const asked = new URLSearchParams(location.search).get("lang");
  return asked ?? pref("lang", document.documentElement.lang);
}
