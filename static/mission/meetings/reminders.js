/** Reminders: told on this page while it is open, and which of them one wants; and that the server knows in which
 * time zone one is. */

import { refusalText, t } from "../../app/i18n.js";
import { html } from "../../app/lib/dom.js";
import { serverNow } from "../../app/lib/now.js";
import { own } from "../mission/zones.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */

/** How long before, in ms. */
const BELLS = { day: 24 * 3_600_000, soon: 10 * 60_000 };
/** A page that was closed then tells it so much later at most. */
const LATE_MS = { day: 12 * 3_600_000, soon: 10 * 60_000 };
const WAYS = ["page", "letter"];

/** Told by this page already. @type {Set<string>} */
const told = new Set();
let isKept = false;

/** @param {Room} room */
const diaryOf = ({ store, identity }) => store.get("diary", store.you?.id ?? identity.you.id);

/** What rings now, each once on this device. @param {Room} room */
export function remind(room) {
  const now = serverNow();
  const off = diaryOf(room)?.off ?? [];
  for (const meeting of room.store.all("meeting").filter(({ state }) => state === "fixed"))
    for (const [bell, before] of /** @type {["day"|"soon", number][]} */ (Object.entries(BELLS))) {
      const late = now - (meeting.starts_at - before);
      if (late < 0 || late > LATE_MS[bell] || now >= meeting.starts_at || off.includes(`${bell}.page`)) continue;
      if (isNew(`${room.store.topic}/${meeting.id}/${meeting.starts_at}/${bell}`)) room.toast(t(`meetings.bell.${bell}`, { name: meeting.name, n: Math.ceil((meeting.starts_at - now) / 60_000) }));
    }
}

/** @param {string} bell */
function isNew(bell) {
  if (told.has(bell)) return false;
  told.add(bell);
  try {
    if (localStorage.getItem(`bell/${bell}`)) return false;
    localStorage.setItem(`bell/${bell}`, "1");
  } catch {
    // told again after a reload
  }
  return true;
}

/** Letters and the other's page show my hours as they are where I am. @param {Room} room */
export function keptZone(room) {
  const zone = own();
  if (isKept || !room.store.joined || diaryOf(room)?.zone === zone) return;
  isKept = true;
  room.store.do("keep_diary", { zone }).done.catch(() => (isKept = false));
}

/** @param {Room} room */
export function drawReminders(room) {
  const off = diaryOf(room)?.off ?? [];
  const one = (/** @type {string} */ bell, /** @type {string} */ way) => {
    const name = `${bell}.${way}`;
    return html`<label class="check"
      ><input type="checkbox" name=${name} .checked=${!off.includes(name)} @change=${(/** @type {any} */ { target }) => void keep(room, name, target.checked)} />
      <span>${t(`meetings.by.${way}`)}</span></label
    >`;
  };
  return html`<section class="panel meet-reminders" aria-labelledby="meet-reminders">
    <h2 id="meet-reminders">${t("meetings.reminders")}</h2>
    ${Object.keys(BELLS).map((bell) => html`<fieldset><legend>${t(`meetings.before.${bell}`)}</legend><div class="row">${WAYS.map((way) => one(bell, way))}</div></fieldset>`)}
  </section>`;
}

/** @param {Room} room @param {string} name @param {boolean} on */
async function keep(room, name, on) {
  const off = (diaryOf(room)?.off ?? []).filter((/** @type {string} */ one) => one !== name);
  try {
    await room.store.do("keep_diary", { off: on ? off : [...off, name] }).done;
  } catch (why) {
    const { code, text } = /** @type {{code: string, text: string}} */ (why);
    room.toast(refusalText(code, text), true);
    room.update();
  }
}
