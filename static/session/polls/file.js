/**
 * Polls as a file, both ways: those that were prepared elsewhere come in as drafts, all or none of them, and those of here
 * are taken along. What is wrong is said with its line.
 *
 * @typedef {import("../../pages/host.js").Host} Host
 * @typedef {{line: number, code: string, text: string, field?: string}} Wrong
 * @typedef {{wrong: readonly Wrong[], said: string, busy: boolean}} State
 */

import { currentLang, refusalText, t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { createDialog } from "../../parts/dialog.js";
import { icon } from "../../parts/icon.js";
import { said as words } from "../../parts/text.js";
import { download } from "../../vendor/icons.js";

/** One for each page. @type {WeakMap<Host, {open: () => void}>} */
const made = new WeakMap();

/** @param {Host} host */
export function openFile(host) {
  const one = made.get(host) ?? createFile(host);
  made.set(host, one);
  one.open();
}

/** @param {Host} host */
function createFile(host) {
  const dialog = createDialog("polls-file");
  /** @type {State} */
  let state = START;
  const path = (/** @type {string} */ end, more = "") => `/api/sessions/${encodeURIComponent(host.session)}/polls${end}?as=${encodeURIComponent(host.as)}${more}`;
  const set = (/** @type {Partial<State>} */ change) => ((state = { ...state, ...change }), draw());

  /** @param {Event} event */
  async function take(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const [file] = field.files ?? [];
    if (!file || state.busy) return;
    set({ ...START, busy: true });
    try {
      const answer = await fetch(path(""), { method: "POST", body: await file.arrayBuffer(), cache: "no-store", credentials: "same-origin" });
      const told = await answer.json();
      if (answer.ok) set({ ...START, said: t("host.file.taken", { n: told.ids.length }) });
      else set({ busy: false, wrong: told.lines ?? [], said: refusalText(told.code ?? "", told.text ?? "") });
    } catch {
      set({ busy: false, said: t("problem.passing.text") });
    }
    // the same file may be chosen again once it is mended
    field.value = "";
  }

  function draw() {
    const csv = path(".csv", `&lang=${currentLang()}&separator=%3B`);
    dialog.draw(
      t("host.polls.file"),
      html`<div class="polls-file">
        <h3>${t("host.file.in")}</h3>
        <p class="soft">${t("host.file.in_how")}</p>
        <label class="field">
          <span class="label">${t("host.file.choose")}</span>
          <input type="file" accept=".csv,.json,text/csv,application/json" ?disabled=${state.busy} @change=${take} />
        </label>
        <p role="status" class=${state.wrong.length ? "is-refused" : ""}>${state.busy ? t("host.sending") : state.said}</p>
        ${state.wrong.length ? drawWrong(state.wrong) : nothing}
        <h3>${t("host.file.out")}</h3>
        <p class="soft">${t("host.file.out_how")}</p>
        <p class="row">
          <a class="button is-small" href=${csv} download>${icon(download)} CSV</a>
          <a class="button is-small" href=${path(".json")} download>${icon(download)} JSON</a>
        </p>
      </div>`,
    );
  }

  return {
    open() {
      state = START;
      draw();
      dialog.open();
    },
  };
}

/** @type {State} */
const START = { wrong: [], said: "", busy: false };

/** @param {readonly Wrong[]} wrong */
const drawWrong = (wrong) =>
  html`<ul class="file-wrong">
    ${wrong.map(({ line, code, text, field }) => html`<li><strong>${t("host.file.line", { n: line })}</strong>${field ? html` (${words(field)})` : nothing}: ${refusalText(code, text)}</li>`)}
  </ul>`;
