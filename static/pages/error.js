/** The page for an address that leads nowhere. */

import { currentLang, loadCatalog, loadRare } from "../app/i18n.js";
import { applyTheme, wantedLang } from "../app/lib/prefs.js";
import { byId } from "../app/lib/dom.js";
import { drawProblem } from "../parts/problem.js";

applyTheme();
await loadCatalog(wantedLang());
const code = document.body.dataset.code ?? "";
await loadRare();
await loadRare(code || "page.unknown");
drawProblem(byId("page"), { code, lang: currentLang() });
