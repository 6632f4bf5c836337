/** A quiz: a choice with a right answer, which is told with the result. */

import { t } from "../../../app/i18n.js";
import { html, nothing } from "../../../app/lib/dom.js";
import { icon } from "../../../parts/icon.js";
import { said as words } from "../../../parts/text.js";
import { check } from "../../../vendor/icons.js";
import { bars } from "./bars.js";

/** The ids of the right options, once they are told. @param {any} poll @returns {string[]} */
export const rightOf = ({ options, right }) =>
  Array.isArray(right) ? options.filter((/** @type {any} */ { id }, /** @type {number} */ at) => right.includes(at) || right.includes(id)).map((/** @type {any} */ { id }) => id) : [];

/** @type {import("./cards.js").Form} */
export const FORM = {
  begin: (_poll, sent) => ({ options: [...(sent?.options ?? [])], team: sent?.team === true }),
  answer: (_poll, { options, team }) => (options.length ? { options, ...(team && { team }) } : null),
  wrong: () => "",
  said: (poll, { options = [] }) => poll.options.filter((/** @type {any} */ { id }) => options.includes(id)).map((/** @type {any} */ { text }) => text).join(", "),
  fields({ poll, value, set, id, room }) {
    const { options: chosen, team } = value;
    const organisation = room.me()?.organisation;
    const many = poll.choose === "many";
    return html`<fieldset class="options" aria-labelledby=${id}>
      ${many ? html`<p class="soft">${t("poll.many")}</p>` : nothing}
      ${poll.options.map((/** @type {any} */ option) => {
        const change = (/** @type {Event} */ event) => {
          const { checked } = /** @type {HTMLInputElement} */ (event.target);
          const others = chosen.filter((/** @type {string} */ one) => one !== option.id);
          set({ options: many ? (checked ? [...others, option.id] : others) : [option.id], team });
        };
        return html`<label class="choice">
          <input type=${many ? "checkbox" : "radio"} name=${id} .checked=${chosen.includes(option.id)} @change=${change} />
          ${words(option.text)}
        </label>`;
      })}
      ${poll.points && organisation
        ? html`<label class="choice"><input type="checkbox" .checked=${team} @change=${() => set({ options: chosen, team: !team })} /> <span>${t("forms.team", { organisation })}</span></label>`
        : nothing}
    </fieldset>`;
  },
  result(poll, mine) {
    const right = rightOf(poll);
    const chosen = mine?.options ?? [];
    const isAll = poll.choose !== "many" || chosen.length === right.length;
    const isRight = isAll && chosen.every((one) => right.includes(one));
    return html`${right.length && chosen.length
        ? html`<p class="quiz-verdict ${isRight ? "is-right" : ""}">${isRight ? icon(check) : nothing} ${t(isRight ? "forms.was_right" : "forms.was_wrong")}</p>`
        : nothing}
      ${bars(poll, chosen, right)} ${teams(poll)}
      <p class="soft">${t("poll.voters", { n: poll.counted ?? poll.voters })}</p>`;
  },
};

/** Points by organisation, of those who wished it. @param {any} poll */
export function teams({ teams: all }) {
  if (!Array.isArray(all) || !all.length) return nothing;
  return html`<ol class="teams">
    ${all.map(({ organisation, people, points }) => html`<li><span>${words(organisation)}</span> <strong>${t("forms.points", { n: points, people })}</strong></li>`)}
  </ol>`;
}
