/** The door: which session this is, when and by whom; who you are, as the organiser knows you; and who will see it. */

import { throughTheDoor, topic } from "../../app/enter.js";
import { currentLang, formatTime, refusalText, t } from "../../app/i18n.js";
import { draftOf } from "../../app/lib/drafts.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { eye } from "../../vendor/icons.js";
import { doorTop } from "../../parts/door_top.js";
import { icon } from "../../parts/icon.js";
import { countryField, fieldOf, filled, input, kindField, PROFILE } from "./fields.js";

/** @typedef {import("../../app/enter.js").Identity} Identity */
/** @typedef {import("../../app/enter.js").Door} Door */
/** @typedef {import("../../app/enter.js").Problem} Problem */
/** @typedef {import("./fields.js").Profile} Profile */
/** @typedef {import("./fields.js").Wrong} Wrong */

/** Folded, for most need not say more. */
const MORE = ["country", "say_as"];

/**
 * @param {HTMLElement} root
 * @param {Identity} identity
 * @param {(lang: string) => Promise<void>} setLang
 * @returns {Promise<Identity>} once through
 */
export function throughDoor(root, { you, as, door }, setLang) {
  // links made before it was asked said "other" of everybody
  const known = { ...you, kind: you.kind === "other" ? "" : you.kind };
  return openDoor(root, { known, door, id: you.id }, setLang, (profile) => throughTheDoor(as, profile));
}

/**
 * @param {HTMLElement} root
 * @param {{known: Profile, door: Door|null|undefined, id?: string}} told what the fields hold at first, what it says
 *   above them, and who stands before it, if that is known
 * @param {(lang: string) => Promise<void>} setLang
 * @param {(profile: Profile) => Promise<Identity>} come
 * @returns {Promise<Identity>} once through
 */
export function openDoor(root, { known, door, id = "" }, setLang, come) {
  return new Promise((entered) => {
    const kept = draftOf({ store: { topic: topic() }, identity: { you: { id } } }, "door");
    /** What they changed. @type {Record<string, string>} */
    const begun = kept.get() ?? {};
    const values = { ...filled(known), ...begun };
    /** @type {Wrong|null} */
    let wrong = null;
    let busy = false;
    let more = MORE.some((field) => begun[field]);

    const type = (/** @type {any} */ { target }) => ((begun[target.name] = target.value), kept.set(begun));

    /** @param {SubmitEvent} event */
    async function submit(event) {
      event.preventDefault();
      if (busy) return;
      busy = true;
      draw();
      try {
        entered(await come(values));
        kept.set(null);
      } catch (why) {
        const problem = /** @type {Problem} */ (why);
        const { code, text, suggestion = "" } = problem;
        wrong = { field: fieldOf(problem), text: refusalText(code, text), suggestion };
        more ||= MORE.includes(wrong.field);
        busy = false;
        draw();
        find("[aria-invalid=true]", root)?.focus();
      }
    }

    function take() {
      if (!wrong) return;
      const { field, suggestion } = wrong;
      kept.set(Object.assign(begun, { [field]: (values[field] = suggestion) }));
      wrong = null;
      draw();
      find(`#my-${field}`, root)?.focus();
    }

    /** @param {string} lang */
    async function language(lang) {
      await setLang(lang);
      draw();
    }

    function draw() {
      document.title = door?.title ?? t("door.title");
      const sheet = { values, wrong, take };
      const toggled = (/** @type {Event} */ { target }) => void (more = /** @type {HTMLDetailsElement} */ (target).open);
      render(
        html`<main class="plain door">
          ${doorTop(t("door.eyebrow"), language)} ${door ? drawSession(door) : nothing}
          <h2 class="door-title">${t("door.title")}</h2>
          <form class="stack" @submit=${submit} @input=${type} novalidate>
            <p>${t("door.what")}</p>
            ${input("name", sheet, 64, { label: t("door.name") })}
            <div class="door-two">
              ${input("organisation", sheet, 100, { label: t("door.organisation") })} ${kindField(sheet)}
            </div>
            <details class="door-more" .open=${more} @toggle=${toggled}>
              <summary>${t("door.more")}</summary>
              <div class="door-two">
                ${countryField(sheet)}
                ${input("say_as", sheet, 64, { label: t("door.say_as"), hint: t("door.say_as.hint") })}
              </div>
            </details>
            <p class="door-seen">${icon(eye)}<span>${t("door.seen")}</span></p>
            <div class="door-foot">
              ${wrong && !PROFILE.includes(/** @type {any} */ (wrong.field))
                ? html`<p class="message-failed" role="alert">${wrong.text}</p>`
                : nothing}
              <button class="button is-primary door-go" aria-disabled=${busy}>${t("door.go")}</button>
            </div>
          </form>
        </main>`,
        root,
      );
    }
    draw();
    aboveKeyboard(root);
  });
}

/** @param {Door} door */
function drawSession({ title, state, starts_at, ends_at, hosts }) {
  const by = hosts.length && t("door.hosts", { names: listed(hosts) });
  return html`<header class="door-session">
    <h1><bdi dir="auto">${title}</bdi></h1>
    <p>
      ${state === "open" ? html`<span class="badge is-live">${t("picture.live")}</span> ` : nothing}${whenOf(state, starts_at, ends_at)}
    </p>
    ${by ? html`<p>${by}</p>` : nothing}
  </header>`;
}

/** @param {string} state @param {number|null} starts @param {number|null} ends */
function whenOf(state, starts, ends) {
  if (state === "closed") return t("picture.closed");
  if (!starts) return state === "open" ? nothing : t("picture.soon");
  const day = formatTime(starts, { weekday: "long", day: "numeric", month: "long" });
  const zone = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
  const from = formatTime(starts, ends ? undefined : zone);
  return html`<span class="door-when">${day}, ${from}${ends ? `–${formatTime(ends, zone)}` : nothing}</span>`;
}

/** Names as one says them, each with its own direction. @param {string[]} names */
const listed = (names) =>
  new Intl.ListFormat(currentLang()).format(names.map((name) => `\u2068${name}\u2069`));

/** Some phones lay their keyboard over the page without making it smaller; the button stands above it.
 * @param {HTMLElement} root */
function aboveKeyboard(root) {
  const seen = globalThis.visualViewport;
  const lift = () => {
    const under = seen && seen.scale < 1.01 ? innerHeight - seen.height - seen.offsetTop : 0;
    root.style.setProperty("--under", `${Math.max(0, under)}px`);
  };
  for (const moved of ["resize", "scroll"]) seen?.addEventListener(moved, lift);
  lift();
}
