/** header: one line of larger, bold plain text. */

import { drawText } from "../text/text-object.js";

export function drawHeader(block, surface) {
  return { node: drawText(surface.heading, { class: "header" }, block.text, surface.directory) };
}
