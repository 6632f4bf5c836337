/**
 * The session's settings: title, times, video, pre-moderation, what the stage shows besides; and links for it.
 *
 * Only what was changed is sent, so two hosts at it do not overwrite each other's other fields.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Session} Session
 * @typedef {import("./form.js").Fields} Fields
 */

import { LIMITS } from "../../app/limits.js";
import { draftOf } from "../../app/lib/drafts.js";
import { keepForm } from "../../parts/keep_form.js";
import { find, html, nothing } from "../../app/lib/dom.js";
import { t } from "../../app/i18n.js";
import { createDevices } from "../devices/devices.js";
import { createStageLink } from "../stage/link_form.js";
import { showProblem } from "../../parts/problem.js";
import { createDialog } from "../../parts/dialog.js";
import { changes, fieldsOf } from "./form.js";
import { sessionOf } from "./session.js";

/** @type {Session["video_kind"][]} */
const VIDEO_KINDS = ["none", "youtube", "hls", "mp4", "frame"];

const PARTS = html`<section class="settings-stage" data-part="stage"></section>
  <section class="settings-stage" data-part="devices"></section>`;

/** @param {Host} host */
export function createSettings(host) {
  const dialog = createDialog("settings");
  const kept = draftOf(host, "settings");
  /** @type {Fields} */
  let filled;

  function close() {
    kept.set(null);
    dialog.close();
  }

  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const args = changes(read(/** @type {HTMLFormElement} */ (event.target)), filled);
    if (!Object.keys(args).length) return close();
    if (await host.acts.do("change_session", args, () => t("host.did.change_session"))) close();
  }

  return {
    open() {
      const session = sessionOf(host);
      if (!session) return;
      dialog.draw(t("host.settings"), html`${drawForm(save, close, Boolean(session.mission))} ${PARTS}`);
      const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`#settings [data-part=${name}]`));
      createStageLink(part("stage"), host);
      const { store, as } = host;
      const { device } = host.identity;
      createDevices(part("devices"), { store, as, device, left: showProblem });
      const form = /** @type {HTMLFormElement} */ (find("#settings form"));
      // the browser keeps what was typed and not saved last time; start from what is
      fill(form, fieldsOf(session));
      // and from what the fields make of it: what one cannot show, nobody has touched
      filled = read(form);
      keepForm(form, kept);
      dialog.open();
    },
  };
}

/** @param {(event: SubmitEvent) => void} save @param {() => void} cancel @param {boolean} planned in a mission's programme */
function drawForm(save, cancel, planned) {
  return html`<form class="settings" @submit=${save}>
    ${planned ? html`<p class="facts">${t("host.settings.planned")}</p>` : nothing}
    <label>${t("host.settings.title")}<input name="title" required ?disabled=${planned} maxlength=${LIMITS.change_session.title.maxLength} autocomplete="off" /></label>
    <div class="pair">
      <label>${t("host.settings.starts")}<input type="datetime-local" name="starts_at" ?disabled=${planned} /></label>
      <label>${t("host.settings.ends")}<input type="datetime-local" name="ends_at" ?disabled=${planned} /></label>
    </div>
    <div class="pair">
      <label>
        ${t("host.settings.video_kind")}
        <select name="video_kind">
          ${VIDEO_KINDS.map((kind) => html`<option value=${kind}>${t(`host.video.${kind}`)}</option>`)}
        </select>
      </label>
      <label>
        ${t("host.settings.video")}
        <input type="url" name="video" maxlength=${LIMITS.change_session.video.maxLength} placeholder="https://" autocomplete="off" />
      </label>
    </div>
    <div class="pair">
      ${drawAddress("logo", "https://")} ${drawAddress("join", "https://")}
    </div>
    <label class="check"><input type="checkbox" name="premoderated" /> ${t("host.settings.premoderated")}</label>
    <div class="acts"><button class="button is-primary">${t("host.settings.save")}</button>
      <button type="button" class="button is-quiet" @click=${cancel}>${t("host.cancel")}</button></div>
  </form>`;
}

/** @param {"logo"|"join"} name @param {string} example */
const drawAddress = (name, example) => html`<label>
  ${t(`host.settings.${name}`)}
  <input name=${name} inputmode="url" maxlength=${LIMITS.change_session[name].maxLength} placeholder=${example} autocomplete="off" />
</label>`;

/** @param {HTMLFormElement} form @param {Fields} fields */
function fill(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
  }
}

/** @param {HTMLFormElement} form @returns {Fields} */
function read(form) {
  const given = new FormData(form);
  const text = (/** @type {string} */ name) => String(given.get(name) ?? "");
  return {
    title: text("title"),
    starts_at: text("starts_at"),
    ends_at: text("ends_at"),
    video_kind: text("video_kind"),
    video: text("video"),
    logo: text("logo"),
    join: text("join"),
    premoderated: given.get("premoderated") !== null,
  };
}
