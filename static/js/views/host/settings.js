/**
 * The session's settings: title, times, video, pre-moderation; and where the stage is.
 *
 * Only what was changed is sent, so two hosts at it do not overwrite each other's other fields.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Session} Session
 * @typedef {import("./session_form.js").Fields} Fields
 */

import { find, html, nothing } from "../../lib/dom.js";
import { t } from "../../i18n.js";
import { createDevices } from "../devices.js";
import { showProblem } from "../problem.js";
import { createDialog } from "./dialog.js";
import { changes, fieldsOf } from "./session_form.js";

/** @type {Session["video_kind"][]} */
const VIDEO_KINDS = ["none", "youtube", "hls", "mp4", "frame"];

const DEVICES = html`<section class="settings-stage" data-part="devices"></section>`;

/** @param {Host} host */
export function createSettings(host) {
  const dialog = createDialog("settings");
  /** @type {Fields} */
  let filled;

  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const args = changes(read(/** @type {HTMLFormElement} */ (event.target)), filled);
    if (!Object.keys(args).length) return dialog.close();
    if (await host.acts.do("change_session", args, t("host.did.change_session"))) dialog.close();
  }

  return {
    open() {
      const session = sessionOf(host);
      if (!session) return;
      dialog.draw(t("host.settings"), html`${drawForm(save)} ${drawStage(host)}${DEVICES}`);
      const root = /** @type {HTMLElement} */ (find("#settings [data-part=devices]"));
      const { store, as, device } = host;
      createDevices(root, { store, as, device, left: showProblem });
      const form = /** @type {HTMLFormElement} */ (find("#settings form"));
      // the browser keeps what was typed and not saved last time; start from what is
      fill(form, fieldsOf(session));
      // and from what the fields make of it: what one cannot show, nobody has touched
      filled = read(form);
      dialog.open();
    },
  };
}

/** @param {Host} host */
export const sessionOf = (host) => /** @type {Session|undefined} */ (host.store.get("session", host.session));

/** @param {(event: SubmitEvent) => void} save */
function drawForm(save) {
  return html`<form class="settings" @submit=${save}>
    <label>${t("host.settings.title")}<input name="title" required maxlength="200" autocomplete="off" /></label>
    <div class="pair">
      <label>${t("host.settings.starts")}<input type="datetime-local" name="starts_at" /></label>
      <label>${t("host.settings.ends")}<input type="datetime-local" name="ends_at" /></label>
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
        <input type="url" name="video" maxlength="300" placeholder="https://" autocomplete="off" />
      </label>
    </div>
    <label class="check"><input type="checkbox" name="premoderated" /> ${t("host.settings.premoderated")}</label>
    <div class="acts"><button class="button is-primary">${t("host.settings.save")}</button></div>
  </form>`;
}

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
    premoderated: given.get("premoderated") !== null,
  };
}

/** @param {Host} host */
function drawStage({ session, as }) {
  const stage = `/stage/${encodeURIComponent(session)}?as=${encodeURIComponent(as)}`;
  const link = (/** @type {string} */ href, /** @type {string} */ text) =>
    html`<li><a class="link" href=${href} target="_blank" rel="noopener">${text}</a></li>`;
  return html`<section class="settings-stage">
    <h3>${t("host.settings.stage")}</h3>
    <ul>
      ${link(stage, t("host.settings.stage_full"))}
      ${link(`${stage}&transparent=1`, t("host.settings.stage_transparent"))}
    </ul>
    <p class="facts">${t("host.settings.stage_obs")}</p>
    ${session ? html`<p><code>webinar-server link --session ${session} --role stage --name Stage</code></p>` : nothing}
  </section>`;
}
