/** A line to who speaks: one that is ready, or words; a link to the page on which they read it; what screens tell. */

import { LIMITS } from "../../app/limits.js";
import { t } from "../../app/i18n.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { draftOf } from "../../app/lib/drafts.js";
import { request, queryHere } from "../../app/enter.js";
import { said } from "../../parts/text.js";

/** @typedef {import("../../pages/host.js").Host} Host */

const READY = ["two_minutes", "wrap_up", "slower", "louder", "questions", "thanks"];
const { text: TEXT } = /** @type {any} */ (LIMITS).say_cue;

/** @param {HTMLElement} root @param {HTMLElement} more for what is done before the hour @param {Host} host */
export function createCue(root, more, host) {
  const kept = draftOf(host, "cue");
  let text = kept.get() ?? "";
  let name = "";
  let link = "";

  /** @param {Record<string, string>} args */
  async function say(args) {
    const done = await host.acts.do("say_cue", args, () => t("host.did.say_cue"));
    if (done && args.text) {
      text = "";
      kept.set(null);
      draw();
    }
  }

  async function make() {
    try {
      const { path } = await request(`/api/speaker-links${queryHere(host.as)}`, { name });
      link = new URL(path, location.origin).href;
      draw();
      find("#run .run-link input")?.focus();
    } catch (why) {
      host.acts.refused(/** @type {import("../../pages/host/acts.js").Refused} */ (why));
    }
  }

  const write = (/** @type {Event} */ event) => ((text = valueOf(event)), kept.set(text), draw());
  const call = (/** @type {Event} */ event) => ((name = valueOf(event)), draw());

  function draw() {
    const run = host.store.get("run", "now");
    render(run?.current || host.store.get("cue", "now") ? drawCue(host, text, say, write) : nothing, root);
    render(run?.order?.length ? html`${drawStage(host, run)} ${drawLink(name, link, call, make)}` : nothing, more);
  }

  return { draw, redraw: draw };
}

const valueOf = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).value;

/** @param {Host} host @param {string} text @param {(args: Record<string, string>) => void} say @param {(event: Event) => void} write */
function drawCue(host, text, say, write) {
  const now = host.store.get("cue", "now");
  const read = now && [now.ready && t(`run.cue.${now.ready}`), now.text].filter(Boolean).join(" · ");
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), text.trim() && say({ text }));
  const isThere = host.store.all("person").some(({ role, here }) => role === "speaker" && here);
  return html`<section class="run-cue" aria-labelledby="run-cue-title">
    <h3 id="run-cue-title">${t("host.run.cue")}</h3>
    ${isThere ? nothing : html`<p class="run-facts">${t("host.run.cue.none")}</p>`}
    <div class="acts">
      ${READY.map((ready) => html`<button type="button" class="button is-small" data-ready=${ready} @click=${() => say({ ready })}>${t(`run.cue.${ready}`)}</button>`)}
    </div>
    <form class="run-say" @submit=${submit}>
      <input aria-label=${t("host.run.cue.text")} placeholder=${t("host.run.cue.text")} maxlength=${TEXT.maxLength} .value=${text} autocomplete="off" @input=${write} />
      <button class="button is-small">${t("host.run.cue.say")}</button>
    </form>
    ${read
      ? html`<p class="run-read">
          ${said(t("host.run.cue.now", { text: read }))}
          <button type="button" class="button is-small is-quiet" data-act="clear_cue" @click=${() => void host.acts.do("clear_cue")}>${t("host.run.cue.clear")}</button>
        </p>`
      : nothing}
  </section>`;
}

/** @param {Host} host @param {any} run */
function drawStage(host, run) {
  const turn = (/** @type {Event} */ event) => void host.acts.do("show_run", { on_stage: /** @type {HTMLInputElement} */ (event.target).checked });
  return html`<label class="check"><input type="checkbox" data-act="show_run" .checked=${run?.on_stage ?? true} @change=${turn} /> ${t("host.run.stage")}</label>`;
}

/** @param {string} name @param {string} link @param {(event: Event) => void} call @param {() => void} make */
function drawLink(name, link, call, make) {
  const submit = (/** @type {Event} */ event) => (event.preventDefault(), name.trim() && make());
  return html`<section class="run-link" aria-labelledby="run-link-title">
    <h3 id="run-link-title">${t("host.run.speaker")}</h3>
    <p class="run-facts">${t("host.run.speaker.what")}</p>
    <form class="run-say" @submit=${submit}>
      <input aria-label=${t("host.run.speaker.name")} placeholder=${t("host.run.speaker.name")} .value=${name} autocomplete="off" @input=${call} />
      <button class="button is-small">${t("host.run.speaker.make")}</button>
    </form>
    ${link ? html`<input readonly .value=${link} aria-label=${t("host.run.speaker")} @focus=${(/** @type {Event} */ e) => /** @type {HTMLInputElement} */ (e.target).select()} />` : nothing}
  </section>`;
}
