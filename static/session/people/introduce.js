/**
 * Who I am, corrected after coming in, for all to see at once; my line and my link, found under my name.
 *
 * What the door asked goes the way it went there, the rest as a command; only what was changed is sent.
 */

import { LIMITS } from "../../app/limits.js";
import { correct } from "../../app/enter.js";
import { refusalText, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { countryField, fieldOf, filled, input, kindField } from "./fields.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("./fields.js").Wrong} Wrong */

const LINES = /** @type {const} */ (["say_as", "pitch", "link"]);
const CARD = /** @type {const} */ (["name", "organisation", "kind", "country"]);

/** @param {Room} room */
export function openIntroduction(room) {
  const me = /** @type {Record<string, any>} */ (room.me() ?? room.identity.you);
  /** @type {Record<string, string>} */
  const before = { ...filled(me), pitch: me.pitch ?? "", link: me.link ?? "" };
  const kept = draftOf(room, "introduce");
  const begun = kept.get() ?? {};
  const values = { ...before, ...begun };
  const dialog = createDialog("introduction");
  /** @type {Wrong|null} */
  let wrong = null;
  let busy = false;

  /** @param {string} name @param {string} value */
  const keep = (name, value) => ((begun[name] = value), kept.set(begun));
  const type = (/** @type {any} */ { target }) => keep(target.name, target.value);

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    [busy, wrong] = [true, null];
    draw();
    try {
      await changed(LINES, (given) => room.store.do("introduce", given).done);
      await changed(CARD, () => correct(room.identity.as, filled(values)));
      kept.set(null);
      dialog.close();
      room.toast(t("introduce.saved"));
    } catch (why) {
      const refused = /** @type {import("../../app/enter.js").Problem} */ (why);
      const { code, text, suggestion = "" } = refused;
      wrong = { field: fieldOf(refused), text: refusalText(code, text), suggestion };
    }
    busy = false;
    draw();
    dialog.find("[aria-invalid=true]")?.focus();
  }

  /**
   * What was said once is not said again, should the rest be refused.
   * @param {readonly string[]} names
   * @param {(given: Record<string, string>) => Promise<unknown>} say
   */
  async function changed(names, say) {
    const given = Object.fromEntries(names.map((name) => [name, values[name].trim()]));
    if (names.every((name) => given[name] === before[name])) return;
    await say(given);
    Object.assign(before, given);
  }

  function take() {
    if (!wrong) return;
    const { field, suggestion } = wrong;
    keep(field, (values[field] = suggestion));
    wrong = null;
    draw();
    dialog.find(`#my-${field}`)?.focus();
  }

  function cancel() {
    kept.set(null);
    dialog.close();
  }

  function draw() {
    const sheet = { values, wrong, take };
    const line = (/** @type {"say_as"|"pitch"|"link"} */ name) =>
      input(name, sheet, LIMITS.introduce[name].maxLength, {
        label: t(`introduce.${name}`),
        hint: t(`introduce.${name}.hint`),
      });
    dialog.draw(
      t("people.edit_me"),
      html`<form class="stack" @submit=${submit} @input=${type} novalidate>
        ${input("name", sheet, 64, { label: t("door.name") })} ${line("say_as")}
        <div class="door-two">
          ${input("organisation", sheet, 100, { label: t("door.organisation") })} ${kindField(sheet)}
        </div>
        ${countryField(sheet)} ${line("pitch")} ${line("link")}
        <div class="form-foot">
          ${wrong && !(wrong.field in values)
            ? html`<p class="message-failed" role="alert">${wrong.text}</p>`
            : nothing}
          <p class="row">
            <button class="button is-primary" aria-disabled=${busy}>${t("introduce.save")}</button>
            <button type="button" class="button is-quiet" @click=${cancel}>${t("ask.cancel")}</button>
          </p>
        </div>
      </form>`,
    );
  }

  draw();
  dialog.open();
}
