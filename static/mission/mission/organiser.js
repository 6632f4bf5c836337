/** The settings of a mission, each part saved by itself; what is written stays until it is. */

import { t } from "../../app/i18n.js";
import { html, nothing, render } from "../../app/lib/dom.js";
import { appearanceOf, drawAppearance, drawPicture } from "./appearance.js";
import { basicsArgs, basicsOf, drawBasics } from "./basics.js";
import { createCopying } from "./copying.js";
import { drawEntry, gettingOf } from "./entry.js";
import { drawKeeping, drawNotices, keepingOf, noticesOf } from "./keeping.js";
import { createPart } from "./part.js";
import { drawScoring, scoringOf } from "./scoring.js";

/** @typedef {import("../../pages/organise/frame.js").Organiser} Organiser */

/** @param {Organiser} room */
export function create(room) {
  const root = room.place("settings");
  const redraw = () => update();
  const parts = {
    basics: createPart(room, "basics", { of: basicsOf, fields: drawBasics, args: basicsArgs, redraw }),
    entry: createPart(room, "entry", { of: gettingOf, fields: drawEntry, redraw }),
    look: createPart(room, "look", { of: appearanceOf, fields: drawAppearance, redraw }),
    notices: createPart(room, "notices", { of: noticesOf, fields: drawNotices, redraw }),
    keeping: createPart(room, "keeping", { of: keepingOf, fields: drawKeeping, redraw }),
    score: createPart(room, "score", { of: scoringOf, fields: drawScoring, redraw }),
    copy: createCopying(room, redraw),
  };

  function update() {
    const mission = room.about();
    if (!mission) return;
    const card = (/** @type {keyof typeof parts} */ name, /** @type {unknown} */ more = nothing) => html`<section class="setting" aria-labelledby="setting-${name}">
      <h3 id="setting-${name}">${t(`organise.settings.${name}`)}</h3>
      ${parts[name].draw()} ${more}
    </section>`;
    render(
      html`<div class="tab-head"><h2>${t("organise.tab.settings")}</h2></div>
        <div class="settings-grid">
          <div>${card("basics")} ${card("entry")} ${card("keeping")}</div>
          <div>${card("look", drawPicture(room, mission))} ${card("notices")} ${card("score")} ${card("copy")}</div>
        </div>`,
      root,
    );
  }

  return { of: ["mission"], update };
}
