/**
 * Asking somebody for contact, on any page that has the mission's store: a reason that is ready, or one's own words.
 *
 *   await openAsk({ store, target: { where: "people", whom, session }, card, reasons: readyReasons(card) });
 *
 * Its words are among those that come later on a session's page (`loadRare`), and are waited for here.
 */

import { loadRare, refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { serverNow } from "../../app/lib/now.js";
import { headline } from "../../parts/card.js";
import { createDialog } from "../../parts/dialog.js";
import { counter, suggested } from "../../parts/text.js";
import { LIMITS } from "../limits.js";
import { day } from "./when.js";

/** @typedef {import("../../app/store.js").Store} Store */
/** @typedef {{where: "directory"|"people"|"chat"|"spotlight"|"poll"|"meeting", whom?: string, session?: string, question?: string}} Target */
/** @typedef {{store: Store, target: Target, card: import("../../parts/card.js").Card, reasons: readonly string[], done?: () => void}} Given */

const { maxLength: MOST } = LIMITS.ask_contact.reason;
/** As long it stands. */
const STANDS_MS = 14 * 24 * 3_600_000;

/** @param {Given} given `done`: it was asked */
export async function openAsk({ store, target, card, reasons, done = () => {} }) {
  await loadRare();
  const dialog = createDialog("ask-contact");
  const name = `ask/${target.whom || `${target.session}/${target.question}`}`;
  const draft = draftOf({ store, identity: { you: { id: store.you?.id ?? "" } } }, name);
  let reason = draft.get() ?? "";
  let isBusy = false;
  /** @type {{code: string, text: string, suggestion?: string}|null} */
  let refused = null;

  /** @param {string} words */
  function set(words) {
    [reason, refused] = [words, null];
    draft.set(words);
    draw();
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (isBusy) return;
    [isBusy, refused] = [true, null];
    draw();
    try {
      await store.do("ask_contact", { ...target, reason }).done;
      draft.set(null);
      dialog.close();
      done();
    } catch (why) {
      refused = /** @type {{code: string, text: string, suggestion?: string}} */ (why);
    }
    isBusy = false;
    draw();
  }

  function draw() {
    dialog.draw(
      t("contact.ask.title", { name: headline(card) }),
      html`<form class="stack ask-form" @submit=${submit} novalidate>
        <div class="stack ask-ready" role="group" aria-label=${t("contact.ready")}>
          ${reasons.map((one) => html`<button type="button" class="button is-small ask-reason" aria-pressed=${one === reason} @click=${() => set(one === reason ? "" : one)}><bdi dir="auto" .textContent=${one}></bdi></button>`)}
        </div>
        <div class="field">
          <label for="ask-reason">${t("contact.reason")}</label>
          <textarea id="ask-reason" rows="3" dir="auto" maxlength=${MOST} aria-describedby="ask-what" aria-invalid=${Boolean(refused)} .value=${reason} @input=${(/** @type {any} */ { target: field }) => set(field.value)}></textarea>
          ${counter(reason.length, MOST)}
          ${refused ? html`<span class="error" role="alert">${refusalText(refused.code, refused.text)}</span>${suggested(refused.suggestion, () => set(refused?.suggestion ?? ""))}` : nothing}
        </div>
        <p class="soft" id="ask-what">${t("contact.ask.what", { date: day(serverNow() + STANDS_MS) })}</p>
        <p class="row"><button class="button is-primary" aria-disabled=${isBusy}>${t("contact.ask")}</button></p>
      </form>`,
    );
  }

  draw();
  dialog.open();
}
