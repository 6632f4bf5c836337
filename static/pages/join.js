/** The page by which somebody new comes to a mission. */

import { loadCatalog, t } from "../app/i18n.js";
import { byId, html, render } from "../app/lib/dom.js";
import { applyTheme, wantedLang } from "../app/lib/prefs.js";

applyTheme();
await loadCatalog(wantedLang());
document.title = t("join.title");
render(
  html`<main class="plain">
    <p class="eyebrow">${t("index.eyebrow")}</p>
    <h1>${t("join.title")}</h1>
  </main>`,
  byId("page"),
);
