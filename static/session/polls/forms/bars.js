/** What came of a choice or a quiz: a bar for each option, and a table that says the same to who listens. */

import { t } from "../../../app/i18n.js";
import { html, nothing } from "../../../app/lib/dom.js";
import { icon } from "../../../parts/icon.js";
import { said as words } from "../../../parts/text.js";
import { check } from "../../../vendor/icons.js";
import { results } from "../shares.js";
import { table } from "./pictures.js";

/** @param {any} poll @param {readonly string[]} mine @param {readonly string[]} right */
export function bars(poll, mine, right) {
  const all = results(poll);
  return html`<ul class="bars" aria-hidden="true">
      ${all.map(
        ({ id, text, votes, percent, most }) => html`<li class="poll-bar ${most && !right.length ? "is-most" : ""} ${right.includes(id) ? "is-right" : ""}">
          <span>
            ${words(text)} ${right.includes(id) ? html`<span class="badge is-good">${icon(check)} ${t("forms.right")}</span>` : nothing}
            ${mine.includes(id) ? html`<span class="badge is-new">${t("poll.mine")}</span>` : nothing}
          </span>
          <span class="poll-bar-number">${t("poll.share", { n: votes, percent })}</span>
          <span class="poll-bar-track"><span class="poll-bar-fill" .style=${`width:${percent}%`}></span></span>
        </li>`,
      )}
    </ul>
    ${table(
      poll.question,
      [t("forms.table.option"), t("forms.table.votes"), t("forms.table.share"), ...(right.length ? [t("forms.right")] : [])],
      all.map(({ id, text, votes, percent }) => [text, votes, `${percent}%`, ...(right.length ? [right.includes(id) ? t("forms.yes") : ""] : [])]),
    )}`;
}
