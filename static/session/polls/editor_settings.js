/**
 * How a poll is run, folded away behind a line that says how: who sees the result and when, whether hosts see who said
 * what, when it closes by itself, whether words are read before they are shown. The editor keeps it.
 */

import { t } from "../../app/i18n.js";
import { html, nothing } from "../../app/lib/dom.js";
import { IN_WORDS } from "./draft.js";
import { choose, tick } from "./editor_parts.js";

/** @typedef {import("./editor.js").Form} Form */
/** @typedef {import("./draft.js").Draft} Draft */

/** @type {Draft["results"][]} */
const RESULTS = ["revealed", "closed", "voted", "always", "never"];
/** Seconds after which one closes. */
const TIMES = [0, 20, 30, 60, 90, 120, 180, 300, 600];

/** @param {Form} form */
export function drawSettings({ draft, amend, earlier }) {
  const results = RESULTS.map((one) => /** @type {[string, string]} */ ([one, t(`host.results.${one}`)]));
  const times = TIMES.map((one) => /** @type {[string, string]} */ ([String(one), timeSaid(one)]));
  const rounds = earlier.map(({ id, question }) => /** @type {[string, string]} */ ([id, question]));
  return html`<details class="editor-settings">
    <summary><span class="editor-form-is">${t("host.editor.settings")}</span> <span class="editor-form-now">${summary(draft)}</span></summary>
    <div class="editor-settings-all">
      ${choose(t("host.editor.results"), "results", draft.results, results, (value) => amend({ results: /** @type {Draft["results"]} */ (value) }))}
      ${choose(t("host.editor.seconds"), "seconds", String(draft.seconds), times, (value) => amend({ seconds: Number(value) }))}
      ${choose(
        t("host.editor.names"),
        "names",
        draft.names,
        [["anonymous", t("host.names.anonymous")], ["hosts", t("host.names.hosts")]],
        (value) => amend({ names: value === "hosts" ? "hosts" : "anonymous" }),
      )}
      <p class="soft editor-hint">${t(draft.names === "hosts" ? "host.names.hosts_hint" : "host.names.anonymous_hint")}</p>
      ${IN_WORDS.has(draft.form) ? tick(t("host.editor.moderated"), draft.moderated, (moderated) => amend({ moderated }), "moderated") : nothing}
      ${draft.form === "quiz" ? tick(t("host.editor.points"), draft.points, (points) => amend({ points }), "points") : nothing}
      ${rounds.length || draft.first
        ? choose(t("host.editor.first"), "first", draft.first, [["", t("host.editor.first_none")], ...rounds], (first) => amend({ first }))
        : nothing}
    </div>
  </details>`;
}

/** How long, in words. @param {number} seconds */
export function timeSaid(seconds) {
  if (!seconds) return t("host.seconds.none");
  return seconds % 60 ? t("host.seconds", { n: seconds }) : t("host.minutes", { n: seconds / 60 });
}

/** What is set, in a line. @param {Draft} draft */
function summary({ results, names, seconds }) {
  const said = [t(`host.results.${results}.short`), t(`host.names.${names}.short`)];
  return [...said, ...(seconds ? [timeSaid(seconds)] : [])].join(" · ");
}
