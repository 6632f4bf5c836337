/** Meetings: those that wait for my answer, what is fixed with the next first, what I proposed, and what is past. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { empty } from "../../parts/act.js";
import { leads as leadsTo } from "../../pages/mission/address.js";
import { toDirectory } from "../contacts/asked.js";
import { ownZone } from "../programme/week.js";
import { cancelling } from "./cancelling.js";
import { drawReminders, keptZone, remind } from "./reminders.js";
import { drawMeeting } from "./row.js";
import { placeOf } from "./when.js";
import { grouped } from "./order.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */
/** @typedef {ReturnType<typeof actsOf>} Acts */

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("meetings");
  const acts = actsOf(room);

  function update() {
    if (!store.position) return;
    remind(room);
    if (room.tab() !== "meetings") return;
    keptZone(room);
    const { asked, fixed, mine, past } = grouped(store.all("meeting"), serverNow());
    const none = !(asked.length || fixed.length || mine.length || past.length);
    render(
      html`<div class="meetings">
        <div class="meetings-main">
          ${none ? nobody(room) : nothing} ${part("asked", asked)} ${part("fixed", fixed)} ${part("mine", mine)} ${past.length ? drawPast(past) : nothing}
        </div>
        <aside class="meetings-side">
          <p class="soft">${t("meetings.zone", { place: placeOf(room, ownZone()) })}</p>
          ${drawReminders(room)}
        </aside>
      </div>`,
      root,
    );
  }

  /** @param {"asked"|"fixed"|"mine"} name @param {Item[]} meetings */
  function part(name, meetings) {
    if (!meetings.length) return nothing;
    return html`<section aria-labelledby="meetings-${name}">
      <h2 id="meetings-${name}">${t(`meetings.part.${name}`, { n: meetings.length })}</h2>
      <ul class="meeting-list">${meetings.map((one, at) => drawMeeting(room, one, acts, name === "fixed" && !at))}</ul>
    </section>`;
  }

  /** @param {Item[]} meetings */
  function drawPast(meetings) {
    return html`<details class="meetings-past">
      <summary>${t("meetings.part.past", { n: meetings.length })}</summary>
      <ul class="meeting-list">${meetings.map((one) => drawMeeting(room, one, acts, false))}</ul>
    </details>`;
  }

  return { of: ["meeting", "diary", "slot", "mission", "lead"], also: () => room.tab(), update };
}

/** @param {Room} room */
function nobody(room) {
  if (!room.store.all("lead").length) return empty(t("meetings.none.leads"), toDirectory(room));
  const words = new URLSearchParams({ tab: "contacts", show: "leads" });
  return empty(
    t("meetings.none"),
    html`<p class="row"><a class="button" href=${room.address.href(words)} @click=${leadsTo(room.address, words)}>${t("meetings.to_leads")}</a></p>`,
  );
}

/** What can be done about one. @param {Room} room */
function actsOf(room) {
  const asked = cancelling(room);

  /** @param {Item} meeting @param {number} at */
  async function accept({ id, minutes, name }, at) {
    try {
      await room.store.do("accept_meeting", { meeting: id, starts_at: at }).done;
      room.toast(t("meetings.did.accept", { name, n: minutes }));
    } catch (why) {
      const { code, text } = /** @type {{code: string, text: string}} */ (why);
      room.toast(refusalText(code, text), true);
    }
  }

  return {
    accept: (/** @type {Item} */ meeting, /** @type {number} */ at) => void accept(meeting, at),
    decline: asked("decline"),
    withdraw: asked("withdraw"),
    cancel: asked("cancel"),
    /** @param {"other"|"move"} how @param {Item} meeting */
    async choose(how, meeting) {
      const { openMeet } = await import("./propose.js");
      await openMeet(room, { how, whom: meeting.whom, name: meeting.name, meeting });
    },
  };
}
