/** The landing page: what this is, and that you need your own link. */

import { loadCatalog, loadRare, t } from "../app/i18n.js";
import { byId, html, render } from "../app/lib/dom.js";
import { applyTheme, wantedLang } from "../app/lib/prefs.js";

applyTheme();
await loadCatalog(wantedLang());
await loadRare("index");
document.title = t("index.title");
render(
  html`<main class="plain">
    <p class="eyebrow">${t("index.eyebrow")}</p>
    <h1>${t("index.title")}</h1>
    <p>${t("index.what")}</p>
    <p>${t("index.link")}</p>
  </main>`,
  byId("page"),
);
