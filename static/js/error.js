/** The page for an address that leads nowhere. */

import { currentLang, loadCatalog } from "./i18n.js";
import { applyTheme, wantedLang } from "./lib/prefs.js";
import { byId } from "./lib/dom.js";
import { drawProblem } from "./views/problem.js";

applyTheme();
await loadCatalog(wantedLang());
drawProblem(byId("page"), { code: document.body.dataset.code ?? "", lang: currentLang() });
