/**
 * A mission's own colour, made safe: whatever an organiser chose, words stay readable in it and on it, light and
 * dark. Pure but for `wear`.
 */

/** Grounds that an accent stands on as words, and how its words are put on it (look/tokens.css). */
const GROUNDS = { light: [246, 242, 236], dark: [38, 43, 48] };
const READABLE = 4.6;

/** @typedef {[number, number, number]} Rgb */
/** @typedef {{action: string, strong: string, text: string, soft: string, on: string}} Shades */

/** @param {string} hex #rrggbb @returns {Rgb} */
export const rgb = (hex) => /** @type {Rgb} */ ([1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));

/** @param {readonly number[]} colour */
const hex = (colour) => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** Relative luminance (WCAG 2). @param {readonly number[]} colour */
function luminance(colour) {
  const [r, g, b] = colour.map((part) => {
    const s = part / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {readonly number[]} a @param {readonly number[]} b */
export function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {readonly number[]} a @param {readonly number[]} b @param {number} part of b */
const mixed = (a, b, part) => a.map((value, at) => value + (b[at] - value) * part);

/** The colour, as far towards black or white as it takes to be read on a ground. @param {readonly number[]} colour
 * @param {readonly number[]} ground @param {readonly number[]} towards */
function readable(colour, ground, towards) {
  for (let part = 0; part < 1; part += 0.04) {
    const one = mixed(colour, towards, part);
    if (contrast(one, ground) >= READABLE) return one;
  }
  return towards;
}

/** @param {string} accent #rrggbb @param {"light"|"dark"} theme @returns {Shades} */
export function shades(accent, theme) {
  const [black, white] = [[0, 0, 0], [255, 255, 255]];
  const [ground, towards] = theme === "light" ? [GROUNDS.light, black] : [GROUNDS.dark, white];
  const action = readable(rgb(accent), ground, towards);
  const on = contrast(action, white) >= contrast(action, black) ? white : black;
  const soft = mixed(action, ground, theme === "light" ? 0.88 : 0.8);
  return {
    action: hex(action),
    strong: hex(readable(mixed(action, towards, 0.25), on, towards)),
    // on its own tint as well
    text: hex(readable(action, soft, towards)),
    soft: hex(soft),
    on: hex(on),
  };
}

const NAMES = /** @type {const} */ ({
  action: "--color-action",
  strong: "--color-action-strong",
  text: "--color-action-text",
  soft: "--color-action-soft",
  on: "--color-on-action",
});

/** Have the page wear it; nothing of it without an accent. @param {string} accent @param {HTMLElement} page */
export function wear(accent, page) {
  const [light, dark] = accent ? [shades(accent, "light"), shades(accent, "dark")] : [null, null];
  for (const [shade, name] of /** @type {[keyof Shades, string][]} */ (Object.entries(NAMES))) {
    if (light && dark) page.style.setProperty(name, `light-dark(${light[shade]}, ${dark[shade]})`);
    else page.style.removeProperty(name);
  }
}
