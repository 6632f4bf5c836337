/**
 * Where people who see a stage may come in: an address to read, and its code for a phone's camera. The server
 * draws the code, and is asked whenever the session names another address.
 *
 * @typedef {{address: string, size: number, path: string}} Join
 */

import { html, nothing, svg } from "../../app/lib/dom.js";
import { shortLink } from "../../app/lib/words.js";
import { t } from "../../app/i18n.js";

const RETRY_MS = 5000;
/** Light around a code, in modules: without it cameras do not find it (ISO/IEC 18004). */
const QUIET = 4;
/** Nobody types more than this off a screen. */
const TYPED_MAX = 60;

/**
 * @param {string} session
 * @param {string} as
 * @param {() => void} changed called when it is known
 */
export function createJoin(session, as, changed) {
  const path = `/api/sessions/${encodeURIComponent(session)}/join?as=${encodeURIComponent(as)}`;
  /** @type {string|null} */
  let asked = null;
  /** @type {Join|null} */
  let known = null;

  /** @param {string} wanted */
  async function ask(wanted) {
    asked = wanted;
    const told = await fetch(path, { cache: "no-store" })
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
    if (isJoin(told)) return (known = told), changed();
    setTimeout(() => asked === wanted && (asked = null), RETRY_MS);
  }

  return {
    /** As last known. @param {string} wanted what the session says of it @returns {Join|null} */
    of(wanted) {
      if (asked !== wanted) void ask(wanted);
      return known;
    },
  };
}

/** @param {Join} join */
export function drawJoin({ address, size, path }) {
  const whole = size + 2 * QUIET;
  const short = shortLink(address);
  return html`<aside class="join">
    <p class="join-title">${t("stage.join")}</p>
    <svg class="join-code" viewBox="${-QUIET} ${-QUIET} ${whole} ${whole}" aria-hidden="true">${svg`<path d=${path} />`}</svg>
    ${short.length <= TYPED_MAX ? html`<p class="join-address"><bdi dir="ltr">${inParts(short)}</bdi></p>` : nothing}
  </aside>`;
}

/** A line ends behind a slash rather than in a word. @param {string} address */
const inParts = (address) => address.split(/(?<=\/)/).map((part) => html`${part}<wbr />`);

/** @param {any} told @returns {told is Join} */
const isJoin = (told) =>
  typeof told?.address === "string" && told.size > 0 && typeof told.path === "string" && /^[Mhvz\d -]+$/.test(told.path);
