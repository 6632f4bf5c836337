/** My sessions in a calendar: as a file, or by an address that the calendar follows by itself. */

import { announce, html, nothing } from "../../app/lib/dom.js";
import { refusalText, t } from "../../app/i18n.js";
import { icon } from "../../parts/icon.js";
import { said } from "../../parts/text.js";
import { calendarDays, copy, download } from "../../vendor/icons.js";
import { fetched, pathOf } from "../directory/fetched.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("./week.js").Shown} Shown */

/** @param {Room} room @param {() => void} changed */
export function calendarPanel(room, changed) {
  let feed = "";
  let isCopied = false;

  async function follow() {
    try {
      const { path } = await fetched(room, "feed");
      feed = `${location.origin}${path}`;
      changed();
      copyFeed();
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      room.toast(refusalText(code, text), true);
    }
  }

  /** Also where no clipboard is given: it is selected, to be copied by hand. */
  function copyFeed() {
    const field = /** @type {HTMLInputElement|null} */ (document.getElementById("feed-address"));
    field?.select();
    isCopied = document.execCommand("copy");
    announce(t(isCopied ? "week.feed.copied" : "week.feed.selected"));
    changed();
  }

  return (/** @type {Shown[]} */ mine) => html`<section class="panel week-calendar" aria-labelledby="week-mine">
    <div class="panel-head"><h2 id="week-mine">${t("week.my_sessions")}</h2><span class="tally">${mine.length || nothing}</span></div>
    ${mine.length
      ? html`<ul class="my-slots">${mine.map(({ title, isOff }) => html`<li class=${isOff ? "is-off" : ""}>${said(title)}</li>`)}</ul>
          <p class="row">
            <a class="button is-small" href=${pathOf(room, "calendar.ics")} download>${icon(download)} ${t("week.ics")}</a>
            <button type="button" class="button is-small" @click=${feed ? copyFeed : follow}>${icon(feed ? copy : calendarDays)} ${t(feed ? "week.feed.copy" : "week.feed")}</button>
          </p>`
      : html`<p class="soft">${t("week.my_sessions.empty")}</p>`}
    ${feed
      ? html`<label class="soft" for="feed-address">${t(isCopied ? "week.feed.copied" : "week.feed.what")}</label>
          <input id="feed-address" readonly .value=${feed} @focus=${(/** @type {any} */ { target }) => target.select()} />
          <p class="soft">${t("week.feed.private")}</p>`
      : nothing}
  </section>`;
}
