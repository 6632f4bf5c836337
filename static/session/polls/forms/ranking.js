/** A ranking: options put into order by buttons, or by arrow keys on them; the result is an order with points. */

import { t } from "../../../app/i18n.js";
import { announce, find, html } from "../../../app/lib/dom.js";
import { icon } from "../../../parts/icon.js";
import { said as words } from "../../../parts/text.js";
import { arrowDown, arrowUp } from "../../../vendor/icons.js";
import { ranking } from "./pictures.js";
import { moved, rankingOf } from "./tally.js";

/** @param {any} poll @param {string} id */
const textOf = (poll, id) => poll.options.find((/** @type {any} */ option) => option.id === id)?.text ?? "";

/** In the order that somebody made, with what an older draft lacks behind it. @param {any} poll @param {readonly string[]} order */
function whole(poll, order) {
  const ids = poll.options.map((/** @type {any} */ { id }) => id);
  const known = order.filter((id) => ids.includes(id));
  return [...known, ...ids.filter((/** @type {string} */ id) => !known.includes(id))];
}

/** @type {import("./cards.js").Form} */
export const FORM = {
  begin: (poll, sent) => whole(poll, sent?.options ?? []),
  answer: (poll, value) => ({ options: whole(poll, value) }),
  wrong: () => "",
  said: (poll, { options = [] }) => options.map((id, at) => `${at + 1}. ${textOf(poll, id)}`).join("  "),
  fields({ poll, value, set, id }) {
    const order = whole(poll, value);
    return html`<p class="soft" id="${id}-how">${t("forms.rank_how")}</p>
      <ol class="rank-fields" aria-labelledby=${id} aria-describedby="${id}-how">
        ${order.map((option, at) => row({ poll, order, at, option, set, id }))}
      </ol>`;
  },
  result: (poll) => html`${ranking(rankingOf(poll), poll.question)}
    <p class="soft">${t("forms.rank_line", { n: poll.counted ?? poll.voters })}</p>`,
};

/** @param {{poll: any, order: string[], at: number, option: string, set: (value: any) => void, id: string}} given */
function row({ poll, order, at, option, set, id }) {
  const text = textOf(poll, option);
  const go = (/** @type {number} */ by, /** @type {string} */ act) => {
    const next = moved(order, at, by);
    const place = next.indexOf(option);
    if (place === at) return;
    set(next);
    announce(t("forms.rank_said", { text, place: place + 1, n: next.length }));
    // the focus goes with what was moved
    find(`[data-rank="${id}/${option}"] [data-act=${act}]`)?.focus();
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    go(by, /** @type {HTMLElement} */ (event.target).dataset.act ?? "rank_up");
  };
  const button = (/** @type {string} */ act, /** @type {number} */ by, /** @type {any} */ drawing, /** @type {boolean} */ off) =>
    html`<button
      type="button"
      class="icon-button"
      data-act=${act}
      aria-label=${t(`forms.${act}`, { text })}
      aria-disabled=${off ? "true" : "false"}
      @click=${() => go(by, act)}
    >
      ${icon(drawing)}
    </button>`;
  return html`<li class="rank-field" data-rank="${id}/${option}" @keydown=${keys}>
    <span class="rank-place" aria-hidden="true">${at + 1}</span>
    <span class="rank-text">${words(text)}</span>
    ${button("rank_up", -1, arrowUp, at === 0)} ${button("rank_down", 1, arrowDown, at === order.length - 1)}
  </li>`;
}
