/** divider: a thin line. */

import { make } from "../dom.js";

export function drawDivider() {
  return { node: make("hr", { class: "divider" }) };
}
