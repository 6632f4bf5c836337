/**
 * A link for OBS, or for a screen in a hall: how it looks is chosen here and seen at once, and the link says it.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {import("./options.js").Options} Options
 */

import { newLink } from "../../parts/new_link.js";
import { find, html, nothing, render } from "../../app/lib/dom.js";
import { survive } from "../../app/lib/failsafe.js";
import { currentLang, refusalText, t } from "../../app/i18n.js";
import { copied } from "../../parts/copied.js";
import { sure } from "../../parts/sure.js";
import { draftOf } from "../../app/lib/drafts.js";
import { DEFAULTS, PLACES, searchOf, SIZES } from "./options.js";
import { createScreen } from "./screen.js";

/** As whom all screens come in whose links hosts made. */
const SCREEN = "stage";
/** What the fields show where the theme's colour stays. */
const USUAL = { card: "#0d1618", accent: "#ff9d5c" };

/** @param {HTMLElement} root @param {Host} host */
export function createStageLink(root, host) {
  const kept = draftOf(host, "stage_link");
  /** @type {Options} */
  let options = { ...DEFAULTS, isOver: true, ...kept.get() };
  let bare = "";
  let wrong = "";
  let isAsked = false;

  /** @param {string} kind @param {{person?: string}} [of] */
  async function make(kind, of) {
    wrong = "";
    isAsked = false;
    try {
      bare = await newLink(host.as, kind, of);
    } catch (why) {
      const { code, text } = /** @type {import("../../app/enter.js").Problem} */ (why);
      wrong = refusalText(code, text);
    }
    draw();
  }

  /** @param {Partial<Options>} chosen */
  function choose(chosen) {
    options = { ...options, ...chosen };
    kept.set(options);
    draw();
  }

  /** With what was chosen, and in the language of this page. */
  function link() {
    const url = new URL(bare);
    url.search = `${searchOf(options)}&lang=${currentLang()}`.replace(/^&/, "");
    return url.href;
  }

  function draw() {
    render(
      html`<h3>${t("host.stage.title")}</h3>
        <p class="facts">${t("host.stage.what")}</p>
        ${drawFields(options, choose)}
        <div class="stage-sample" data-part="sample" aria-hidden="true" inert></div>
        <div class="acts">
          <button type="button" class="button is-small" data-act="stage_link" @click=${() => make("stage-links")}>
            ${t("host.stage.make")}
          </button>
          ${isAsked ? drawSure() : drawEnd()}
        </div>
        <div role="status">
          ${bare ? html`${copied(t("host.stage.link"), link())}<p class="facts">${t("host.stage.obs")}</p>` : nothing}
          ${wrong ? html`<p class="message-failed">${wrong}</p>` : nothing}
        </div>`,
      root,
    );
    survive("sample", () => drawSample(/** @type {HTMLElement} */ (find("[data-part=sample]", root)), options));
  }

  /** @param {boolean} is */
  function ask(is) {
    isAsked = is;
    draw();
    find(is ? "[data-act=back]" : "[data-act=end_stage_links]", root)?.focus();
  }

  const drawEnd = () =>
    html`<button type="button" class="button is-small is-quiet" data-act="end_stage_links" @click=${() => ask(true)}>
      ${t("host.stage.end")}
    </button>`;

  const drawSure = () =>
    sure(
      { label: t("host.cancel"), run: () => ask(false) },
      { label: t("host.stage.end_sure"), act: "end_stage_links_sure", run: () => make("links", { person: SCREEN }) },
    );

  draw();
}

/** @param {Options} options @param {(chosen: Partial<Options>) => void} choose */
function drawFields(options, choose) {
  const value = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).value;
  const isOn = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).checked;
  return html`<div class="settings stage-fields">
    <div class="pair">
      ${drawChoice("over", ["1", "0"], options.isOver ? "1" : "0", (is) => choose({ isOver: is === "1" }))}
      ${options.isOver ? drawChoice("place", PLACES, options.place, (place) => choose({ place })) : nothing}
      ${options.isOver ? drawChoice("size", SIZES, options.size, (size) => choose({ size })) : nothing}
    </div>
    <div class="stage-colours">
      ${(/** @type {const} */ (["card", "accent"])).map(
        (which) =>
          html`<label class="check"
            ><input
              type="color"
              .value=${options[which] ? `#${options[which]}` : USUAL[which]}
              @input=${(/** @type {Event} */ event) => choose({ [which]: value(event).slice(1) })}
            />
            ${t(`host.stage.${which}`)}</label
          >`,
      )}
      ${
        options.card || options.accent
          ? html`<button type="button" class="button is-small is-quiet" @click=${() => choose({ card: "", accent: "" })}>
              ${t("host.stage.usual")}
            </button>`
          : nothing
      }
      <label class="check"
        ><input
          type="checkbox"
          .checked=${options.join === true}
          @change=${(/** @type {Event} */ event) => choose({ join: isOn(event) || null })}
        />
        ${t("host.stage.join")}</label
      >
    </div>
  </div>`;
}

/** @param {string} name @param {readonly string[]} words @param {string} now @param {(word: string) => void} choose */
function drawChoice(name, words, now, choose) {
  const change = (/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value);
  return html`<label>
    ${t(`host.stage.${name}`)}
    <select name=${name} @change=${change}>
      ${words.map((word) => html`<option value=${word} .selected=${word === now}>${t(`host.stage.${name}.${word}`)}</option>`)}
    </select>
  </label>`;
}

/** Somebody invented, in the middle of a question. @param {HTMLElement} place @param {Options} options */
function drawSample(place, options) {
  const box = document.createElement("div");
  place.replaceChildren(box);
  const asker = { name: "Robin Jansen", organisation: "Laadlinde", country: "NL" };
  const question = { id: "q", text: t("host.stage.sample"), state: "live", supporters: 0, shown: "named", asker, at: 0 };
  const scene = /** @type {any} */ ({ shows: "question", question, rail: [] });
  createScreen(box, options).draw(scene, { lang: currentLang(), now: 0 });
}
