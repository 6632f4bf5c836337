/** Open text: some sentences of one's own; its result is what the hosts show of them, in their groups. */

import { LIMITS } from "../../../app/limits.js";
import { t } from "../../../app/i18n.js";
import { html, nothing } from "../../../app/lib/dom.js";
import { counter, said as words } from "../../../parts/text.js";
import { grouped } from "./tally.js";

const LENGTH = /** @type {any} */ (LIMITS).vote?.texts?.items?.maxLength ?? 300;

/** @type {import("./cards.js").Form} */
export const FORM = {
  begin: (_poll, sent) => sent?.texts?.[0] ?? "",
  answer: (_poll, value) => (value.trim() ? { texts: [value.trim()] } : null),
  wrong: () => "",
  said: (_poll, { texts = [] }) => texts[0] ?? "",
  fields({ value, set, id }) {
    return html`<div class="text-field">
      <textarea
        rows="3"
        maxlength=${LENGTH}
        dir="auto"
        aria-labelledby=${id}
        aria-describedby="${id}-left"
        .value=${value}
        @input=${(/** @type {Event} */ event) => set(/** @type {HTMLTextAreaElement} */ (event.target).value)}
      ></textarea>
      <span id="${id}-left">${counter([...value].length, LENGTH)}</span>
    </div>`;
  },
  result: (poll, _mine, room) => html`${answers(room.store.all("said").filter((one) => one.poll === poll.id && one.state === "shown"))}
    <p class="soft">${t("poll.voters", { n: poll.counted ?? poll.voters })}</p>`,
};

/** @param {readonly any[]} shown */
function answers(shown) {
  if (!shown.length) return html`<p class="soft">${t("forms.no_answers")}</p>`;
  return grouped(shown).map(
    ({ group, all }) => html`${group ? html`<h4 class="answer-group">${words(group)} <span class="soft">${all.length}</span></h4>` : nothing}
      <ul class="answers">${all.map(({ text, votes = 1 }) => html`<li>${words(text)} ${votes > 1 ? html`<span class="count">${votes}</span>` : nothing}</li>`)}</ul>`,
  );
}
