/**
 * The run of show in the host's drawer: before the hour a plan with its check, during it where the hour is, what comes,
 * and how to be on time; a line to who speaks.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("../records.js").Segment} Segment
 * @typedef {{command: string, args: Record<string, any>}} Step
 * @typedef {{rule: string, segments: string[], minutes: number, fix: Step[]}} Finding
 */

import { t } from "../../app/i18n.js";
import { queryHere, request } from "../../app/enter.js";
import { announce, find, html, nothing, render } from "../../app/lib/dom.js";
import { show } from "../../app/lib/failsafe.js";
import { serverNow } from "../../app/lib/now.js";
import { empty } from "../../parts/act.js";
import { inOrder, reckon, runOf } from "../running/reckoning.js";
import { sessionOf } from "../programme/session.js";
import { createCheck } from "./check.js";
import { createCue } from "./cue.js";
import { createEditor } from "./editor.js";
import { createLate } from "./late.js";
import { createLive } from "./live.js";
import { drawPlan } from "./plan.js";

/** @param {Host} host */
export function create(host) {
  const root = host.place("run");
  render(SHELL, root);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (find(`[data-part=${name}]`, root));
  const editor = createEditor(part("editor"), host);
  const parts = { check: createCheck(part("check"), host), late: createLate(part("late"), host), live: createLive(part("live"), host) };
  const cue = createCue(part("cue"), part("more"), host);

  function tick() {
    const run = runOf(host.store);
    const reckoned = reckon(inOrder(host.store), run, serverNow(), sessionOf(host)?.starts_at);
    const isThere = reckoned.lines.length > 0;
    parts.live.draw(run, reckoned);
    parts.late.draw(run, reckoned);
    show(part("plan"), () => (isThere ? drawPlan(host, editor, run, reckoned) : nothing));
  }

  function update() {
    const segments = inOrder(host.store);
    const hasBegun = Boolean(runOf(host.store)?.ran?.length);
    tick();
    show(part("empty"), () => (segments.length || editor.isOpen() ? nothing : drawEmpty(host, editor)));
    editor.draw();
    parts.check.draw(hasBegun ? [] : segments);
    show(part("foot"), () => (segments.length ? drawFoot(host, editor, hasBegun) : nothing));
    cue.draw();
  }

  return {
    of: ["segment", "run", "cue", "poll", "session", "question", "message", "person"],
    update,
    tick,
    redraw: () => (update(), cue.redraw()),
  };
}

const SHELL = html`<div data-part="live"></div>
  <div data-part="late"></div>
  <div data-part="cue"></div>
  <div data-part="empty"></div>
  <div data-part="plan"></div>
  <div data-part="editor"></div>
  <div data-part="foot"></div>
  <div data-part="check"></div>
  <div data-part="more"></div>`;

/** @param {Host} host @param {ReturnType<typeof createEditor>} editor */
function drawEmpty(host, editor) {
  const example = () => void host.acts.do("fill_run", { example: "good" }, () => t("host.did.fill_run"));
  return empty(
    t("host.run.empty"),
    html`<div class="acts run-begin">
      <button type="button" class="button is-small is-primary" data-act="fill_run" @click=${example}>${t("host.run.example")}</button>
      <button type="button" class="button is-small" data-act="add_segment" @click=${() => editor.open("")}>${t("host.run.add")}</button>
    </div>
    ${drawCopy(host)}`,
  );
}

/** From another session of their mission, once that is followed. @param {Host} host */
function drawCopy(host) {
  const slots = (host.contacts?.mission.all("slot") ?? []).filter(({ id }) => id !== host.session);
  if (!slots.length) return nothing;
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void copy(host, String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("session")));
  };
  return html`<form class="run-say run-copy" @submit=${submit}>
    <select name="session" aria-label=${t("host.run.copy.which")}>
      ${[...slots].sort((a, b) => b.starts_at - a.starts_at).map(({ id, title }) => html`<option value=${id}>${title}</option>`)}
    </select>
    <button class="button is-small">${t("host.run.copy.do")}</button>
  </form>`;
}

/** @param {Host} host @param {string} session */
async function copy({ as, acts }, session) {
  try {
    await request(`/api/run-copies${queryHere(as)}`, { session });
    announce(t("host.run.copied"));
  } catch (why) {
    acts.refused(/** @type {import("../../pages/host/acts.js").Refused} */ (why));
  }
}

/** @param {Host} host @param {ReturnType<typeof createEditor>} editor @param {boolean} hasBegun */
function drawFoot(host, editor, hasBegun) {
  const clear = () => void host.acts.do("empty_run", {}, () => t("host.did.empty_run"));
  return html`<div class="acts run-foot">
    <button type="button" class="button is-small" data-act="add_segment" @click=${() => editor.open("")}>${t("host.run.add")}</button>
    ${hasBegun ? nothing : html`<button type="button" class="button is-small is-quiet" data-act="empty_run" @click=${clear}>${t("host.run.clear")}</button>`}
  </div>`;
}
