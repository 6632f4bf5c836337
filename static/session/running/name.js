/** How a segment is called. */

import { t } from "../../app/i18n.js";

/** Its title, or its kind in the language that is read. @param {import("../records.js").Segment} segment */
export const nameOf = ({ title, kind }) => title || t(`run.kind.${kind}`);
