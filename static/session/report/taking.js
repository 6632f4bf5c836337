/** Taking a file along: what takes longer than a second says how far it is, and what failed says why. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";

/** @typedef {import("../../pages/host.js").Host} Host */

const SOON_MS = 1000;

/** @param {HTMLElement} root @param {Host} host */
export function createTaking(root, host) {
  /** How much of it is here, of how much; nothing before it is worth telling. @type {{done: number, all: number}|null} */
  let far = null;
  let isBusy = false;

  function draw() {
    render(far ? drawProgress(far) : nothing, root);
  }

  /** @param {string} address @param {string} path */
  async function take(address, path) {
    if (isBusy) return;
    isBusy = true;
    const now = { done: 0, all: 0 };
    const timer = setTimeout(() => ((far = now), draw()), SOON_MS);
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw await answer.json();
      keep(await bodyOf(answer, now, draw), nameOf(answer, path));
    } catch (why) {
      const { code = "", text = "" } = /** @type {any} */ (why);
      host.acts.hint(code ? refusalText(code, text) : t("problem.passing.text"));
    } finally {
      clearTimeout(timer);
      [isBusy, far] = [false, null];
      draw();
    }
  }

  return { take, draw };
}

/** @param {{done: number, all: number}} far */
const drawProgress = ({ done, all }) =>
  html`<label class="report-far" role="status">
    ${t("host.report.making")}
    ${all ? html`<progress max=${all} .value=${done}></progress>` : html`<progress></progress>`}
  </label>`;

/** @param {Response} answer @param {{done: number, all: number}} far @param {() => void} changed */
async function bodyOf(answer, far, changed) {
  far.all = Number(answer.headers.get("content-length") ?? 0);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (answer.body).getReader();
  /** @type {BlobPart[]} */
  const parts = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(/** @type {BlobPart} */ (part.value));
    far.done += part.value.length;
    changed();
  }
  return new Blob(parts, { type: answer.headers.get("content-type") ?? "" });
}

/** As the server calls it. @param {Response} answer @param {string} path */
const nameOf = (answer, path) =>
  /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? path.replace(/.*\//, "");

/** @param {Blob} blob @param {string} name */
function keep(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
