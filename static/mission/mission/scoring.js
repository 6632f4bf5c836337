/** Who is shown the score of the week. */

import { t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";

/** @typedef {import("../records.js").Mission} Mission */
/** @typedef {{score: Mission["score"]}} Scoring */

const SHOWN_TO = /** @type {const} */ (["nobody", "organisers", "all"]);

/** @param {Mission} mission @returns {Scoring} */
export const scoringOf = ({ score }) => ({ score });

/** @param {import("./part.js").Form<Scoring>} form */
export const drawScoring = ({ now, amend }) => html`<fieldset class="choices">
  <legend>${t("organise.score")}</legend>
  ${SHOWN_TO.map(
    (score) => html`<label class="choice"><input type="radio" name="score" value=${score} .checked=${now.score === score} @change=${() => amend({ score })} />
      <span><strong>${t(`organise.score.${score}`)}</strong><br /><span class="soft">${t(`organise.score.${score}.what`)}</span></span></label>`,
  )}
</fieldset>`;
