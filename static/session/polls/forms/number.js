/** An estimate: a number with its unit, within limits; its result is a distribution with the median. */

import { currentLang, t } from "../../../app/i18n.js";
import { html, nothing } from "../../../app/lib/dom.js";
import { said as words } from "../../../parts/text.js";
import { decimal, distribution } from "./pictures.js";
import { binsOf, number, numberOf, placeIn } from "./tally.js";

/** @param {any} poll @param {number} value */
export const withUnit = ({ number: of }, value) => (of?.unit ? `${decimal(value)} ${of.unit}` : decimal(value));

/** @param {any} poll @param {number|null} [mine] */
export function numberPicture(poll, mine = null) {
  const at = placeIn(poll.tally?.bins, poll.tally?.median);
  const marks = at === null ? [] : [{ at, text: t("forms.median", { value: withUnit(poll, poll.tally.median) }) }];
  return distribution(binsOf(poll, decimal, mine), { question: poll.question, step: poll.number?.unit || t("forms.table.step"), marks });
}

/** @param {any} poll */
export const numberLine = (poll) =>
  t("forms.number_line", {
    median: withUnit(poll, number(poll.tally?.median)),
    mean: withUnit(poll, number(poll.tally?.mean)),
    low: decimal(number(poll.tally?.low)),
    high: withUnit(poll, number(poll.tally?.high)),
    n: poll.counted ?? poll.voters,
  });

/** What may be said, in words; empty if anything. @param {any} poll */
export function limits({ number: of }) {
  const low = of?.low ?? null;
  const high = of?.high ?? null;
  if (low !== null && high !== null) return t("forms.between", { low: decimal(low), high: decimal(high) });
  if (low !== null) return t("forms.at_least", { low: decimal(low) });
  return high === null ? "" : t("forms.at_most", { high: decimal(high) });
}

/** As it may be typed again. @param {number} value */
const decimalMark = (value) => String(value).replace(".", currentLang() === "nl" ? "," : ".");

/** @type {import("./cards.js").Form} */
export const FORM = {
  begin: (_poll, sent) => (sent?.number == null ? "" : decimalMark(sent.number)),
  answer(_poll, value) {
    const found = numberOf(String(value), currentLang());
    // what is no number is said when it is sent
    return found === null ? (String(value).trim() ? { number: null } : null) : { number: found };
  },
  wrong(poll, value) {
    const found = numberOf(String(value), currentLang());
    if (found === null) return String(value).trim() ? t("forms.no_number") : "";
    const { low = null, high = null } = poll.number ?? {};
    return (low !== null && found < low) || (high !== null && found > high) ? t("forms.out_of_limits", { limits: limits(poll) }) : "";
  },
  said: (poll, { number: value }) => withUnit(poll, Number(value)),
  fields({ poll, value, set, id, wrong }) {
    const said = limits(poll);
    return html`<div class="number-field">
      <input
        type="text"
        inputmode="decimal"
        autocomplete="off"
        enterkeyhint="send"
          aria-labelledby="${id} ${id}-unit"
        aria-describedby="${id}-limits ${id}-wrong"
        aria-invalid=${wrong ? "true" : nothing}
        .value=${String(value)}
        @input=${(/** @type {Event} */ event) => set(/** @type {HTMLInputElement} */ (event.target).value)}
      />
      <span id="${id}-unit">${words(poll.number?.unit ?? "")}</span>
    </div>
    ${said ? html`<p class="soft" id="${id}-limits">${said}</p>` : nothing}`;
  },
  result: (poll, mine) => html`${numberPicture(poll, mine?.number ?? null)}
    <p class="soft">${numberLine(poll)}</p>`,
};
