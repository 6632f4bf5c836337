/** Me: my card with how others see it, what I agree to, my data, and leaving. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { consentPanel } from "../consent/participant.js";
import { drawRow } from "../directory/row.js";
import { historyPanel } from "../history/participant.js";
import { createData } from "./data.js";
import { changes, fieldOf, fieldsOf } from "./card_form.js";
import { cardFields } from "./fields.js";
import { minePanel } from "./mine.js";
import { knownTags } from "./known.js";

/** @typedef {import("../../pages/mission/frame.js").Room} Room */
/** @typedef {import("./card_form.js").Fields} Fields */
/** @typedef {{field: string, text: string, suggestion: string}} Wrong */

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("me");
  const draft = draftOf(room, "card");
  const consent = consentPanel(room);
  const mine = minePanel(room);
  const data = createData(room, () => update());
  const known = knownTags(room, () => update());
  /** What was changed and is not sent yet. @type {Partial<Fields>} */
  let begun = draft.get() ?? {};
  /** @type {Wrong|null} */
  let wrong = null;
  let isBusy = false;

  const before = () => fieldsOf(room.me() ?? room.identity.you);
  const now = () => ({ ...before(), ...begun });

  /** @param {Partial<Fields>} change */
  function set(change) {
    begun = { ...begun, ...change };
    if (wrong && wrong.field in change) wrong = null;
    draft.set(Object.keys(changes(now(), before())).length ? begun : null);
    update();
  }

  function forget() {
    [begun, wrong] = [{}, null];
    draft.set(null);
    update();
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    // what stands unfinished in a field of tags counts, too
    for (const input of root.querySelectorAll("[data-tags]")) input.dispatchEvent(new Event("change"));
    const given = changes(now(), before());
    if (isBusy || !Object.keys(given).length) return;
    [isBusy, wrong] = [true, null];
    update();
    try {
      await store.do("change_card", given).done;
      forget();
      room.toast(t("me.saved"));
    } catch (why) {
      const refused = /** @type {import("../../app/enter.js").Problem} */ (why);
      wrong = { field: fieldOf(refused), text: refusalText(refused.code, refused.text), suggestion: refused.suggestion ?? "" };
    }
    isBusy = false;
    update();
    /** @type {HTMLElement|null} */ (root.querySelector("[aria-invalid=true]"))?.focus();
  }

  /** Whether my data stands here in the place of the rest. */
  function isReading() {
    if (!room.address.words().has("data")) return (data.forget(), false);
    render(data.draw(), root);
    return true;
  }

  function update() {
    if (room.tab() !== "me" || isReading()) return;
    known.ask();
    const me = room.me();
    if (!me) return render(html`<p class="empty">${t("mission.loading")}</p>`, root);
    const fields = now();
    const isChanged = Object.keys(changes(fields, before())).length > 0;
    const take = () => wrong && set({ [wrong.field]: wrong.suggestion });
    render(
      html`<div class="me-page">
        <section class="panel me-card" aria-labelledby="me-card">
          <div class="panel-head"><h2 id="me-card">${t("me.card")}</h2></div>
          <p class="soft">${t("me.card.what")}</p>
          <form class="me-form" @submit=${submit} novalidate>
            ${cardFields({ fields, wrong, set, take, known: known.tags() })}
            <div class="form-foot ${isChanged || wrong ? "" : "is-still"}">
              ${wrong && !(wrong.field in fields) ? html`<p class="message-failed" role="alert">${wrong.text}</p>` : nothing}
              <p class="row">
                <button class="button ${isChanged ? "is-primary" : ""}" aria-disabled=${isBusy || !isChanged}>${t("me.save")}</button>
                ${isChanged ? html`<button type="button" class="button is-quiet" @click=${forget}>${t("me.forget")}</button><span class="soft">${t("me.unsaved")}</span>` : nothing}
              </p>
            </div>
          </form>
        </section>
        <div class="me-side">
          <section class="panel me-preview" aria-labelledby="me-preview">
            <div class="panel-head"><h2 id="me-preview">${t("me.preview")}</h2></div>
            <p class="soft">${t(consent.isListed() ? "me.preview.what" : "me.preview.unlisted")}</p>
            <div class="person-card ${consent.isListed() ? "" : "is-unlisted"}">${drawRow(room, { .../** @type {any} */ (fields), id: me.id, here: consent.isSeen(), reasons: [] })}</div>
          </section>
          ${consent.draw()} ${historyPanel(room)} ${mine.draw()}
        </div>
      </div>`,
      root,
    );
  }

  return { of: ["participant", "consent", "letterbox", "history", "slot", "cancelled"], also: () => `${room.tab()} ${room.address.words().has("data")}`, update };
}
