/**
 * Text as large as its box allows: a question may be five words or five hundred characters.
 *
 * Elements with `data-fit` get the largest size at which nothing is cut off, between `--largest` and
 * `--smallest` of their style (units of the 1080-line picture), by halving the interval; what is unchanged
 * since last time is not measured again.
 */

const STEP = 2;
/** In em: letters reach a little beyond their line without being cut off; a whole line is far more. */
const OVERHANG = 0.1;

/** @param {HTMLElement} root */
export function fitText(root) {
  for (const box of root.querySelectorAll("[data-fit]")) fit(/** @type {HTMLElement} */ (box));
}

/** @param {HTMLElement} box */
function fit(box) {
  const made = `${box.clientWidth}x${box.clientHeight} ${box.textContent}`;
  if (box.clientHeight === 0 || box.dataset.fitted === made) return;
  const style = getComputedStyle(box);
  let low = Number(style.getPropertyValue("--smallest"));
  let high = Number(style.getPropertyValue("--largest"));
  while (high - low > STEP) {
    const middle = (low + high) / 2;
    if (fits(box, middle)) low = middle;
    else high = middle;
  }
  if (!fits(box, high)) fits(box, low);
  box.dataset.fitted = `${box.clientWidth}x${box.clientHeight} ${box.textContent}`;
}

/** @param {HTMLElement} box @param {number} size */
function fits(box, size) {
  box.style.fontSize = `calc(var(--u) * var(--scale) * ${size})`;
  const overhang = OVERHANG * parseFloat(getComputedStyle(box).fontSize);
  return box.scrollHeight <= box.clientHeight + overhang && box.scrollWidth <= box.clientWidth + 1;
}

/**
 * As many whole names as a line has room for, and none that is cut. First organisations go, then names; of those who
 * were asked longest ago before others.
 * @param {HTMLElement} rail
 */
export function fitRail(rail) {
  const list = /** @type {HTMLElement} */ (rail.querySelector("ol"));
  const [newest, ...others] = /** @type {HTMLElement[]} */ ([...list.children]);
  if (!newest) return;
  const oldest = others.reverse();
  const isTooWide = () => list.scrollWidth > list.clientWidth + 1;
  for (const row of [newest, ...oldest]) {
    row.hidden = false;
    row.classList.remove("is-bare");
  }
  for (const row of oldest) if (isTooWide()) row.classList.add("is-bare");
  for (const row of oldest) if (isTooWide()) row.hidden = true;
  if (isTooWide()) newest.classList.add("is-bare");
}
