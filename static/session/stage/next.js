/**
 * "You're next": told to the asker alone, above everything else, without taking the focus.
 *
 * How they are shown, their line and their link are theirs until the instant of going live. What they type is
 * not overwritten by what the server says meanwhile.
 */

import { LIMITS } from "../../app/limits.js";
import { refusalText, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { announce, html, nothing, render } from "../../app/lib/dom.js";
import { lengthOf } from "../../app/lib/words.js";
import { counter } from "../../parts/text.js";
import { shownChoice } from "../questions/shown.js";
import { spotlightCard } from "./spotlight.js";
import { showAs } from "../questions/attendee.js";
import { radio } from "../../vendor/icons.js";
import { icon } from "../../parts/icon.js";

/** @typedef {import("../../pages/attendee/frame.js").Room} Room */
/** @typedef {import("../../app/store.js").Item} Item */

const PITCH_MAX = LIMITS.introduce.pitch.maxLength;
const PAUSE_MS = 900;

/** @param {Room} room */
export function create(room) {
  const { store } = room;
  const root = room.place("next");
  const kept = draftOf(room, "next");
  /** @type {string|null} */
  let question = null;
  let pitch = "";
  let link = "";
  let folded = false;
  let note = "";
  let refused = false;
  /** @type {any} */
  let timer = null;

  /** @param {Item} item */
  function begin(item) {
    question = item.id;
    const me = room.me();
    ({ pitch = "", link = "" } = kept.get() ?? me ?? {});
    folded = refused = false;
    note = "";
    announce(t("next.announce"));
  }

  /** @param {"pitch"|"link"} field @param {string} value */
  function write(field, value) {
    if (field === "pitch") pitch = value;
    else link = value;
    kept.set({ pitch, link });
    note = t("next.saving");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
    draw();
  }

  async function save() {
    clearTimeout(timer);
    timer = null;
    const sent = pitch + link;
    try {
      await store.do("introduce", { pitch, link: completed(link) }).done;
      // what was written meanwhile is still to be sent
      if (sent !== pitch + link) return;
      kept.set(null);
      [note, refused] = [t("next.saved"), false];
    } catch (why) {
      const { code, text } = /** @type {import("../../app/outbox.js").Refused} */ (why);
      [note, refused] = [refusalText(code, text), true];
    }
    draw();
  }

  /** @param {Item} item */
  function card(item) {
    const whole = { ...item.asker, pitch, link: completed(link) };
    const seen = {
      named: whole,
      organisation: { organisation: whole.organisation, kind: whole.kind, country: whole.country },
      anonymous: {},
    };
    const shown = /** @type {keyof typeof seen} */ (item.shown);
    return html`<div class="next-body">
      ${shownChoice({ name: "next-shown", value: shown, change: (how) => showAs(room, item.id, how), brief: true })}
      ${shown === "named" ? about() : nothing}
      <p class="label" id="next-preview">${t("next.preview")}</p>
      <div class="card spotlight is-preview" role="group" aria-labelledby="next-preview">
        ${spotlightCard(seen[shown], item.text)}
      </div>
    </div>`;
  }

  function about() {
    const value = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).value;
    return html`<div class="field">
        <label for="next-pitch">${t("next.pitch")}</label>
        <input
          id="next-pitch"
          .value=${pitch}
          placeholder=${t("next.pitch_example")}
          @input=${(/** @type {Event} */ e) => write("pitch", value(e))}
          @change=${save}
          aria-invalid=${lengthOf(pitch) > PITCH_MAX}
        />
        ${counter(lengthOf(pitch), PITCH_MAX)}
      </div>
      <div class="field">
        <label for="next-link">${t("next.link")}</label>
        <input
          id="next-link"
          inputmode="url"
          autocomplete="url"
          .value=${link}
          placeholder="https://"
          @input=${(/** @type {Event} */ e) => write("link", value(e))}
          @change=${save}
        />
      </div>
      <p class="soft ${refused ? "is-refused" : ""}" role="status">${note}</p>`;
  }

  function draw() {
    const item = store.get("question", question);
    if (!item) return render(nothing, root);
    const fold = () => ((folded = !folded), draw());
    render(
      html`<section class="next-card" aria-labelledby="next-title">
        <div class="next-head">
          <h2 id="next-title">${icon(radio)} ${t("next.title")}</h2>
          <button type="button" class="button is-small is-quiet" aria-expanded=${!folded} @click=${fold}>
            ${t(folded ? "next.unfold" : "next.fold")}
          </button>
        </div>
        <p>${t("next.what")}</p>
        ${folded ? nothing : card(item)}
      </section>`,
      root,
    );
  }

  return {
    of: ["question", "stage", "person"],
    update() {
      const deck = store.all("question").find((item) => item.mine && item.state === "on_deck");
      if (deck && deck.id !== question) begin(deck);
      if (!deck && question) leave();
      draw();
    },
  };

  function leave() {
    const live = store.get("stage", "now")?.live;
    if (live && live === question) announce(t("next.live_now"));
    question = null;
    // what was typed last is theirs, however soon their moment came
    if (timer) void save();
  }
}

/** People write addresses as they say them. @param {string} link */
function completed(link) {
  const trimmed = link.trim();
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(trimmed) ? `https://${trimmed}` : trimmed;
}
