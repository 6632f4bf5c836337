/** What I write of a lead: what is next and by when, tags, notes, and that it is done. It is saved by itself. */

import { refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { counter, suggested } from "../../parts/text.js";
import { icon } from "../../parts/icon.js";
import { check } from "../../vendor/icons.js";
import { LIMITS } from "../limits.js";
import { tagField } from "../participants/tags.js";
import { tagsOf } from "./filtering.js";

/** @typedef {ReturnType<typeof import("./saving.js").createSaving>} Saving */

const { notes: NOTES, next_step: STEP, tags: TAGS } = LIMITS.change_lead;

/** @param {string} id @param {Saving} saving @param {readonly import("../../app/store.js").Item[]} all
 * @param {import("../../pages/mission/frame.js").Room} room */
export function ownFields(id, saving, all, room) {
  const lead = saving.shown(room.store.get("lead", id) ?? {});
  const refused = saving.refused();
  const wrong = (/** @type {string} */ field) => (refused?.field === field ? refusalText(refused.code, refused.text) : "");
  const typed = (/** @type {string} */ name) => (/** @type {any} */ { target }) => saving.set({ [name]: target.value });
  const left = () => void saving.flush();
  const error = (/** @type {string} */ field) =>
    wrong(field) ? html`<span class="error" role="alert">${wrong(field)}</span>${suggested(refused?.suggestion, () => saving.set({ [field]: refused?.suggestion }))}` : nothing;
  return html`<div class="lead-fields">
    <div class="lead-next">
      <div class="field">
        <label for="lead-step">${t("leads.step")}</label>
        <input id="lead-step" maxlength=${STEP.maxLength} autocomplete="off" placeholder=${t("leads.step.hint")} aria-invalid=${Boolean(wrong("next_step"))} .value=${lead.next_step ?? ""} @input=${typed("next_step")} @change=${left} />
        ${error("next_step")}
      </div>
      <div class="field">
        <label for="lead-due">${t("leads.due")}</label>
        <input id="lead-due" type="date" aria-invalid=${Boolean(wrong("due"))} .value=${lead.due ?? ""} @input=${typed("due")} @change=${left} />
        ${error("due")}
      </div>
    </div>
    ${tagField({
      name: "lead-tags",
      label: t("leads.tags"),
      hint: t("leads.tags.hint"),
      tags: lead.tags ?? [],
      known: tagsOf(all),
      most: TAGS.maxItems,
      longest: TAGS.items.maxLength,
      error: wrong("tags"),
      changed: (tags) => saving.set({ tags }),
    })}
    <div class="field">
      <label for="lead-notes">${t("leads.notes")}</label>
      <textarea id="lead-notes" rows="5" maxlength=${NOTES.maxLength} dir="auto" aria-invalid=${Boolean(wrong("notes"))} .value=${lead.notes ?? ""} @input=${typed("notes")} @change=${left}></textarea>
      ${error("notes")} ${counter((lead.notes ?? "").length, NOTES.maxLength)}
    </div>
    <div class="lead-foot">
      <label class="check"><input type="checkbox" id="lead-done" .checked=${Boolean(lead.done)} @change=${(/** @type {any} */ { target }) => (saving.set({ done: target.checked }), left())} /> ${t("leads.is_done")}</label>
      <span class="lead-saved soft" role="status" data-state=${saving.state()}>${state(saving, room)}</span>
    </div>
  </div>`;
}

/** @param {Saving} saving @param {import("../../pages/mission/frame.js").Room} room */
function state(saving, room) {
  const now = saving.state();
  if (now === "saved") return html`${icon(check)} ${t("leads.saved")}`;
  if (now === "refused") return t("leads.not_saved");
  return t(room.store.link.state === "live" ? "leads.saving" : "leads.saved_later");
}
