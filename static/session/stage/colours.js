/**
 * A stage in somebody's own two colours. Pure. The words on them are ours to choose, so that they can be read.
 *
 * @typedef {{r: number, g: number, b: number}} Colour 0 to 255 each
 */

const INK = "#14181a";
const PAPER = "#fffdf8";
/** What large letters need (WCAG 2.2, 1.4.3). */
const READABLE = 3;

/**
 * Custom properties of the screen, for what is not left to the theme.
 * @param {{card: string, accent: string}} chosen six hexadecimal digits, or empty
 * @param {string} usual the theme's card, as `#rrggbb`
 * @returns {Record<string, string>}
 */
export function colours({ card, accent }, usual) {
  const ground = card ? `#${card}` : usual;
  const words = contrast(ground, PAPER) >= contrast(ground, INK) ? PAPER : INK;
  return { ...(card && onCard(ground, words)), ...(accent && withAccent(`#${accent}`, ground, words)) };
}

/** @param {string} ground @param {string} words */
const onCard = (ground, words) => ({
  "--screen-card": ground,
  "--screen-ground": ground,
  "--screen-text": words,
  "--screen-soft": mixed(words, ground, 0.82),
  "--screen-label": mixed(words, ground, 0.82),
  "--screen-track": mixed(words, ground, 0.1),
  "--screen-bar": mixed(words, ground, 0.2),
  "--screen-bar-most": mixed(words, ground, 0.36),
});

/** @param {string} accent @param {string} ground @param {string} words */
const withAccent = (accent, ground, words) => ({
  "--screen-live": accent,
  "--screen-live-text": contrast(accent, ground) >= READABLE ? accent : words,
});

/** From 1 to 21, as WCAG says. @param {string} one @param {string} other */
export function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @param {string} colour */
function luminance(colour) {
  const { r, g, b } = rgb(colour);
  const [red, green, blue] = [r, g, b].map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} one @param {string} other @param {number} share of the first */
function mixed(one, other, share) {
  const [a, b] = [rgb(one), rgb(other)];
  const part = (/** @type {keyof Colour} */ of) => Math.round(a[of] * share + b[of] * (1 - share));
  return `rgb(${part("r")}, ${part("g")}, ${part("b")})`;
}

/** @param {string} colour `#rrggbb` @returns {Colour} */
function rgb(colour) {
  const value = parseInt(colour.slice(1), 16);
  return { r: value >> 16, g: (value >> 8) & 255, b: value & 255 };
}
