/** What stands above the letters: how many went, what is the matter, and what can be sent. */

import { formatTime, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";

/** @typedef {import("./organiser.js").Page} Page */
/** @typedef {import("./organiser.js").Counts} Counts */
/** @typedef {{again: () => void, remind: () => void, invite: () => void, list: string}} Acts */

/** @param {{page: Page|null, counts: Counts, fresh: number, show: () => void, acts: Acts}} head */
export const drawHead = ({ page, counts, fresh, show, acts }) => html`<div class="tab-head">
  <h2>${t("organise.tab.post")}</h2>
  <span class="tally" role="status">${page?.goes_out ? t("organise.post.count", { sent: counts.sent, waiting: counts.waiting, failed: counts.failed }) : page && counts.waiting ? t("organise.post.by_hand", { n: counts.waiting }) : ""}</span>
  ${fresh ? html`<button type="button" class="button is-small fresh" @click=${show}>${t("organise.fresh", { n: fresh })}</button>` : nothing}
  ${page?.goes_out ? drawActs(counts, acts) : nothing}
</div>
${page?.goes_out ? html`<p class="soft letter-to">${t("organise.post.to")}</p>` : nothing}`;

/** @param {Counts} counts @param {Acts} acts */
const drawActs = ({ failed }, { again, remind, invite }) => html`
  ${failed ? html`<button type="button" class="button" data-act="again" @click=${again}>${t("organise.post.again.all", { n: failed })}</button>` : nothing}
  <button type="button" class="button" data-act="remind" @click=${remind}>${t("organise.post.remind")}</button>
  <button type="button" class="button is-primary" data-act="invite" @click=${invite}>${t("organise.post.invite")}</button>
`;

/** @param {{page: Page|null, counts: Counts, list: string, told: () => void}} now */
export function drawNotes({ page, counts, list, told }) {
  if (!page) return nothing;
  if (!page.goes_out)
    return html`<div class="note letter-note">
      <p><strong>${t("organise.post.off")}</strong> ${t("organise.post.off.what")}</p>
      <p class="acts"><a class="button is-small" href=${list} download>${t("organise.post.list")}</a>
        ${counts.waiting ? html`<button type="button" class="button is-small is-quiet" data-act="told_all" @click=${told}>${t("organise.post.told_all")}</button>` : nothing}</p>
    </div>`;
  if (!counts.trouble) return nothing;
  const since = formatTime(counts.since, { weekday: "short", hour: "2-digit", minute: "2-digit" });
  return html`<p class="note letter-note is-amiss" role="status">
    <strong>${t(`organise.post.trouble.${counts.trouble}`, { since })}</strong> ${t("organise.post.trouble.what")}
  </p>`;
}

/** @param {{asked: {state: string}, counts: Counts, out: boolean, ask: (change: {state: string}) => void}} how */
export const drawFilters = ({ asked, counts, out, ask }) => html`<div class="filter-chips letter-filters" role="group" aria-label=${t("organise.filter")}>
  ${/** @type {const} */ (["waiting", "sent", "failed"]).map((state) => {
    const on = asked.state === state;
    return html`<button type="button" class="button is-small filter" data-filter=${state} aria-pressed=${on ? "true" : "false"} @click=${() => ask({ state: on ? "" : state })}>
      ${t(state === "waiting" && !out ? "organise.post.filter.by_hand" : `organise.post.filter.${state}`)} <span class="tally">${counts[state]}</span>
    </button>`;
  })}
</div>`;

/** @param {Page} page @param {(change: {page: number}) => void} ask */
export function drawPager({ total, page, per_page }, ask) {
  const last = Math.ceil(total / per_page) - 1;
  if (!last) return nothing;
  return html`<nav class="pager" aria-label=${t("organise.pages")}>
    <button type="button" class="button is-small" data-often ?disabled=${!page} @click=${() => ask({ page: page - 1 })}>${t("organise.pages.before")}</button>
    <span>${t("organise.pages.of", { page: page + 1, last: last + 1 })}</span>
    <button type="button" class="button is-small" data-often ?disabled=${page >= last} @click=${() => ask({ page: page + 1 })}>${t("organise.pages.next")}</button>
  </nav>`;
}
