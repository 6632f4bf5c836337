/**
 * What came of a poll, for hosts, by its form. No choice of a single person is told, so counts come by the handful.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 */

import { html, nothing } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { check } from "../../vendor/icons.js";
import { IN_WORDS } from "./draft.js";
import { numberLine, numberPicture } from "./forms/number.js";
import { cloud, ranking, signed, table } from "./forms/pictures.js";
import { rightOf } from "./forms/quiz.js";
import { scaleLine, scalePicture } from "./forms/scale.js";
import { rankingOf, shifts, wordsOf } from "./forms/tally.js";
import { results } from "./shares.js";

/** @param {any} poll @param {Host} host */
export function drawResult(poll, host) {
  if (poll.counted === undefined)
    return html`<p class="soft" data-part="later">${t(poll.state === "open" ? "host.polls.later" : "host.polls.few")}</p>`;
  const key = poll.state === "open" ? "host.polls.counted_open" : "host.polls.counted_closed";
  const some = html`<p class="soft" data-part="counted">${t(key, { n: poll.counted })}</p>`;
  return html`${poll.counted === poll.voters ? nothing : some}${picture(poll, first(poll, host))}`;
}

/** The first round of a second one, once its result is told. @param {any} poll @param {Host} host @returns {any} */
function first(poll, { store }) {
  const round = /** @type {any} */ (poll.first && store.get("poll", poll.first));
  return round?.counted === undefined ? undefined : round;
}

/** @param {any} poll @param {any} round */
function picture(poll, round) {
  if (poll.form === "scale") return html`${scalePicture(poll, null, round)}<p class="soft">${scaleLine(poll)}</p>`;
  if (poll.form === "number") return html`${numberPicture(poll)}<p class="soft">${numberLine(poll)}</p>`;
  if (poll.form === "cloud") return cloud(wordsOf(poll), poll.question);
  if (poll.form === "ranking") return ranking(rankingOf(poll), poll.question);
  return IN_WORDS.has(poll.form) ? nothing : counts(poll, round);
}

/** @param {any} poll @param {any} round */
function counts(poll, round) {
  const all = results(poll);
  const right = rightOf(poll);
  const moved = round ? shifts(all, results(round)) : null;
  const shift = (/** @type {number} */ at) => (moved ? `${signed(moved[at])} %` : "");
  const head = [t("forms.table.option"), t("forms.table.votes"), t("forms.table.share"), ...(moved ? [t("host.polls.shift")] : [])];
  return html`<ul class="counts" aria-hidden="true">
      ${all.map(
        ({ id, text, votes, percent, most }, at) =>
          html`<li class="${most && !right.length ? "is-most" : ""} ${right.includes(id) ? "is-right" : ""}">
            <span class="count-text">${said(text)} ${right.includes(id) ? html`<span class="badge is-good">${icon(check)}</span>` : nothing}</span>
            <span class="count-votes">${moved ? html`<span class="count-shift">${shift(at)}</span> ` : nothing}${t("poll.share", { n: votes, percent })}</span>
            <span class="count-bar"><span .style=${`width:${percent}%`}></span></span>
          </li>`,
      )}
    </ul>
    ${table(
      poll.question,
      head,
      all.map(({ id, text, votes, percent }, at) => [right.includes(id) ? `${text} (${t("forms.right")})` : text, votes, `${percent}%`, ...(moved ? [shift(at)] : [])]),
    )}`;
}
