/**
 * Text as large as its box allows: a question may be five words or five hundred characters.
 *
 * Elements with `data-fit="LARGEST SMALLEST"` (in units of the 1080-line picture) get the largest size at
 * which nothing is cut off, by halving the interval; what is unchanged since last time is not measured again.
 */

const STEP = 2;

/** @param {HTMLElement} root */
export function fitText(root) {
  for (const box of root.querySelectorAll("[data-fit]")) fit(/** @type {HTMLElement} */ (box));
}

/** @param {HTMLElement} box */
function fit(box) {
  const made = `${box.clientWidth}×${box.clientHeight} ${box.textContent}`;
  if (box.clientHeight === 0 || box.dataset.fitted === made) return;
  const [largest, smallest] = (box.dataset.fit ?? "60 30").split(" ").map(Number);
  let [low, high] = [smallest, largest];
  while (high - low > STEP) {
    const middle = (low + high) / 2;
    if (fits(box, middle)) low = middle;
    else high = middle;
  }
  if (!fits(box, high)) fits(box, low);
  box.dataset.fitted = `${box.clientWidth}×${box.clientHeight} ${box.textContent}`;
}

/** @param {HTMLElement} box @param {number} size */
function fits(box, size) {
  box.style.fontSize = `calc(var(--u) * ${size})`;
  return box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
}
