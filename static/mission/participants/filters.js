/** What people are looked for by: words, how they stand, what they may, whether they have been in. */

import { t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";

/** @typedef {import("../../pages/organise/people.js").Page} Page */
/** @typedef {import("../../pages/organise/people.js").Asked} Asked */

const STATES = ["applied", "invited", "admitted", "declined", "left"];
const WORDS = 100;

/** @param {{asked: Asked, page: Page|null, words: (q: string) => void, choose: (change: Partial<Asked>) => void}} how */
export function drawFilters({ asked, page, words, choose }) {
  const typed = (/** @type {Event} */ { target }) => words(/** @type {HTMLInputElement} */ (target).value);
  const chip = (/** @type {"state"|"role"|"came"} */ name, /** @type {string} */ value, /** @type {number|undefined} */ count) => {
    const on = asked[name] === value;
    const turn = () => choose({ [name]: on ? "" : value });
    return html`<button type="button" class="button is-small filter" data-filter="${name} ${value}" aria-pressed=${on ? "true" : "false"} @click=${turn}>
      ${t(`organise.filter.${name}.${value}`)} <span class="tally">${count ?? ""}</span>
    </button>`;
  };
  return html`<div class="filters">
    <input type="search" name="q" aria-label=${t("organise.people.search")} placeholder=${t("organise.people.search")} maxlength=${WORDS} autocomplete="off" .value=${asked.q ?? ""} @input=${typed} />
    <div class="filter-chips" role="group" aria-label=${t("organise.filter")}>
      ${STATES.map((state) => chip("state", state, page?.states[state]))} ${chip("came", "no", page?.came.no)}
      ${chip("role", "organiser", page?.roles.organiser)}
    </div>
  </div>`;
}
