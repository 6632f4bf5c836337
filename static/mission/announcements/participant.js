/** Announcements: what organisers tell, the newest first. */

import { formatTime, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { words } from "../../parts/text.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */

/** Older ones open at a press. */
const SHOWN = 3;

/** @param {Room} room */
export function announcements({ store }) {
  const all = [...store.all("announcement")].sort((a, b) => b.at - a.at);
  if (!all.length) return nothing;
  return html`<section class="panel week-told" aria-labelledby="week-told">
    <div class="panel-head"><h2 id="week-told">${t("week.announcements")}</h2></div>
    <ul class="told-list">${all.slice(0, SHOWN).map(drawOne)}</ul>
    ${all.length > SHOWN
      ? html`<details><summary>${t("week.announcements.older", { n: all.length - SHOWN })}</summary><ul class="told-list">${all.slice(SHOWN).map(drawOne)}</ul></details>`
      : nothing}
  </section>`;
}

/** @param {any} announcement */
const drawOne = ({ name, text, at }) => html`<li>
  <p class="lines">${words(text)}</p>
  <p class="soft dots"><span><bdi dir="auto">${name}</bdi></span><span>${formatTime(at, { weekday: "short", hour: "2-digit", minute: "2-digit" })}</span></p>
</li>`;
