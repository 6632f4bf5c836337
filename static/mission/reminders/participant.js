/** What my leads remind me of: whom to follow up, and why now; and which of that I want at all. */

import { isolated, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { leads as leadsTo } from "../../pages/mission/address.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { settings2 } from "../../vendor/icons.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */

const SHOWN = 3;
/** @type {("three"|"fourteen"|"day")[]} */
const KINDS = ["three", "fourteen", "day"];

/** @param {Room} room @returns {() => unknown} draws it; nothing where there are no leads */
export function remindersPanel(room) {
  const { store } = room;
  const dialog = createDialog("reminders");
  const failed = () => room.toast(t("refused.unknown"), true);
  const wanted = () => store.get("reminders", store.you?.id ?? room.identity.you.id) ?? /** @type {any} */ ({});
  const isOn = (/** @type {string} */ name) => wanted()[name] ?? true;

  /** @param {string} name */
  const turn = (name) => store.do("want_reminders", { [name]: !isOn(name) }).done.catch(failed);

  /** @param {string} name */
  const drawSwitch = (name) => html`<li>
    <label class="switch" for="reminders-${name}">
      <input id="reminders-${name}" type="checkbox" role="switch" .checked=${isOn(name)} @change=${() => turn(name)} />
      <span class="switch-name">${t(`reminders.${name}`)}</span>
    </label>
    ${name === "mail" ? html`<p class="soft">${t("reminders.mail.what")}</p>` : nothing}
  </li>`;

  const drawChoice = () =>
    dialog.draw(
      t("reminders.choose"),
      html`<p class="soft">${t("reminders.what")}</p>
        <ul class="switches">${[...KINDS, "mail"].map(drawSwitch)}</ul>`,
    );
  const choose = () => (drawChoice(), dialog.open());

  /** Those whose day it is first, then by how long they wait. @returns {Item[]} */
  const standing = () =>
    store
      .all("lead")
      .filter(({ reminder }) => reminder)
      .sort((a, b) => KINDS.indexOf(b.reminder) - KINDS.indexOf(a.reminder) || a.at - b.at);

  return () => {
    if (dialog.isOpen()) drawChoice();
    const leads = standing();
    const settle = html`<button type="button" class="icon-button" aria-label=${t("reminders.choose")} title=${t("reminders.choose")} data-act="reminders" @click=${choose}>${icon(settings2)}</button>`;
    if (!leads.length) return store.all("lead").length ? html`<p class="reminders-none">${settle} <span class="soft">${t("reminders.none")}</span></p>` : nothing;
    const known = (/** @type {string} */ id) => store.do("drop_reminders", { leads: [id] }).done.catch(failed);
    return html`<section class="panel reminders" aria-labelledby="reminders-title">
      <div class="panel-head"><h2 id="reminders-title">${t("reminders.title")} <span class="tally">${leads.length}</span></h2>${settle}</div>
      <ul>${leads.slice(0, SHOWN).map((lead) => drawOne(room, lead, known))}</ul>
      ${leads.length > SHOWN ? html`<p class="soft">${t("reminders.more", { n: leads.length - SHOWN })}</p>` : nothing}
    </section>`;
  };
}

/** @param {Room} room @param {Item} lead @param {(id: string) => void} known */
function drawOne({ address }, { id, whom, name, reminder }, known) {
  const words = address.with({ tab: "contacts", lead: whom });
  return html`<li>
    <span class="reminder-who"><a href=${address.href(words)} @click=${leadsTo(address, words)}><bdi dir="auto">${name}</bdi></a>
      <span class="soft">${t(`reminders.${reminder}.at`)}</span></span>
    <button type="button" class="button is-small is-quiet" data-act="known" aria-label=${t("reminders.known.of", { name: isolated(name) })} @click=${() => known(id)}>${t("reminders.known")}</button>
  </li>`;
}
