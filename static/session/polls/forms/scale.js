/** A scale: one step of it, as radio buttons in a row; its result is a distribution with the mean. */

import { t } from "../../../app/i18n.js";
import { html, nothing } from "../../../app/lib/dom.js";
import { said as words } from "../../../parts/text.js";
import { decimal, distribution } from "./pictures.js";
import { number, scaleOf, stepsOf } from "./tally.js";

/** Of how many of its width a value of the scale stands, in the middle of its column. @param {any} poll @param {number} value */
export function placeOf(poll, value) {
  const steps = stepsOf(poll);
  return (value - steps[0] + 0.5) / steps.length;
}

/** @param {any} poll @param {number|null} [mine] @param {any} [first] the poll of the first round */
export function scalePicture(poll, mine = null, first = undefined) {
  const { mean } = poll.tally ?? {};
  const before = first?.tally?.mean;
  const marks = [
    ...(Number.isFinite(before) ? [{ at: placeOf(poll, before), text: t("forms.first_round", { value: decimal(before) }) }] : []),
    ...(Number.isFinite(mean) ? [{ at: placeOf(poll, mean), text: t("forms.mean", { value: decimal(mean) }) }] : []),
  ];
  const { low = "", high = "" } = poll.scale ?? {};
  return distribution(scaleOf(poll, mine), { question: poll.question, step: t("forms.table.step"), marks, low, high, first: first && scaleOf(first) });
}

/** In a sentence: mean, and how far the answers are apart. @param {any} poll */
export const scaleLine = ({ tally, counted, voters }) =>
  t("forms.scale_line", { mean: decimal(number(tally?.mean)), spread: decimal(number(tally?.spread)), n: counted ?? voters });

/** @type {import("./cards.js").Form} */
export const FORM = {
  begin: (_poll, sent) => sent?.number ?? null,
  answer: (_poll, value) => (Number.isInteger(value) ? { number: value } : null),
  wrong: () => "",
  said: (_poll, { number: value }) => String(value),
  fields({ poll, value, set, id }) {
    const { low = "", high = "" } = poll.scale ?? {};
    const steps = stepsOf(poll);
    return html`<fieldset class="scale" aria-labelledby=${id} aria-describedby="${id}-ends">
      <div class="scale-steps" .style=${`--columns: ${inARow(steps.length)}`}>
        ${steps.map(
          (step, at) => html`<label class="scale-step">
            <input type="radio" name=${id} .checked=${value === step} aria-label=${endOf(step, at, steps, low, high)} @change=${() => set(step)} />
            <span>${step}</span>
          </label>`,
        )}
      </div>
      ${low || high ? html`<p class="scale-ends soft" id="${id}-ends"><span>${words(low)}</span><span>${words(high)}</span></p>` : nothing}
    </fieldset>`;
  },
  result: (poll, mine, room) => html`${scalePicture(poll, mine?.number ?? null, room.store.get("poll", poll.first))}
    <p class="soft">${scaleLine(poll)}</p>`,
};

/** More steps than a thumb can tell apart stand in two rows. @param {number} steps */
const inARow = (steps) => (steps > 7 ? Math.ceil(steps / 2) : steps);

/** What a step is to who listens: the ends are said with what they mean. @param {number} step @param {number} at @param {number[]} steps @param {string} low @param {string} high */
function endOf(step, at, steps, low, high) {
  const end = at === 0 ? low : at === steps.length - 1 ? high : "";
  return end ? `${step}, ${end}` : String(step);
}
