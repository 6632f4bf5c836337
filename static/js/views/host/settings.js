/**
 * The session's settings: title, times, video, pre-moderation; and where the stage is.
 *
 * Only what was changed is sent, so two hosts at it do not overwrite each other's other fields.
 *
 * @typedef {import("./parts.js").Host} Host
 * @typedef {import("../stage/records.js").Session} Session
 */

import { find, html, nothing } from "../../lib/dom.js";
import { t } from "../../i18n.js";
import { createDialog } from "./dialog.js";
import { changes, localTime } from "./session_form.js";

/** @type {Session["video_kind"][]} */
const VIDEO_KINDS = ["none", "youtube", "hls", "mp4", "frame"];

/** @param {Host} host */
export function createSettings(host) {
  const dialog = createDialog("settings");

  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const session = sessionOf(host);
    if (!session) return;
    const args = changes(new FormData(/** @type {HTMLFormElement} */ (event.target)), session);
    if (!Object.keys(args).length) return dialog.close();
    if (await host.acts.do("change_session", args, t("host.did.change_session"))) dialog.close();
  }

  return {
    open() {
      const session = sessionOf(host);
      if (!session) return;
      dialog.draw(t("host.settings"), html`${drawForm(session, save)} ${drawStage(host)}`);
      // the browser keeps what was typed and not saved last time; start from what is
      find("form", /** @type {HTMLElement} */ (find("#settings")))?.dispatchEvent(new Event("fill"));
      dialog.open();
    },
  };
}

/** @param {Host} host */
export const sessionOf = (host) => /** @type {Session|undefined} */ (host.store.get("session", host.session));

/** @param {Session} session @param {(event: SubmitEvent) => void} save */
function drawForm(session, save) {
  const fill = (/** @type {Event} */ event) => fillIn(/** @type {HTMLFormElement} */ (event.target), session);
  return html`<form class="settings" @submit=${save} @fill=${fill}>
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

/** @param {HTMLFormElement} form @param {Session} session */
function fillIn(form, session) {
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  field("title").value = session.title;
  field("starts_at").value = localTime(session.starts_at);
  field("ends_at").value = localTime(session.ends_at);
  field("video_kind").value = session.video_kind;
  field("video").value = session.video;
  field("premoderated").checked = session.premoderated;
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
