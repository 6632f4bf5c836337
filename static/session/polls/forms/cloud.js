/** Words: a few, a word or two each; its result is a cloud. */

import { LIMITS } from "../../../app/limits.js";
import { t } from "../../../app/i18n.js";
import { html } from "../../../app/lib/dom.js";
import { cloud } from "./pictures.js";
import { wordsOf } from "./tally.js";

const VOTE = /** @type {any} */ (LIMITS).vote?.texts ?? {};
/** Fields for words, and how long one may be: more is no word. */
const FIELDS = 3;
const LENGTH = Math.min(30, VOTE.items?.maxLength ?? 30);

/** @param {string[]} value */
const written = (value) => value.map((word) => word.trim()).filter(Boolean);

/** @type {import("./cards.js").Form} */
export const FORM = {
  begin: (_poll, sent) => Array.from({ length: FIELDS }, (_, at) => sent?.texts?.[at] ?? ""),
  answer: (_poll, value) => (written(value).length ? { texts: written(value) } : null),
  wrong: () => "",
  said: (_poll, { texts = [] }) => texts.join(", "),
  fields({ value, set, id }) {
    return html`<fieldset class="cloud-fields" aria-labelledby=${id}>
      ${value.map(
        (/** @type {string} */ word, /** @type {number} */ at) => html`<input
          type="text"
          autocomplete="off"
          autocapitalize="none"
          maxlength=${LENGTH}
          aria-label=${t("forms.word", { n: at + 1, of: value.length })}
          placeholder=${at ? t("forms.word_more") : t("forms.word_first")}
          dir="auto"
          .value=${word}
          @input=${(/** @type {Event} */ event) => set(value.with(at, /** @type {HTMLInputElement} */ (event.target).value))}
        />`,
      )}
    </fieldset>`;
  },
  result: (poll) => html`${cloud(wordsOf(poll), poll.question)}
    <p class="soft">${t("poll.voters", { n: poll.counted ?? poll.voters })}</p>`,
};
