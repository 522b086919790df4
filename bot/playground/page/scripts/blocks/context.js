/** context: small grey words. */

import { make } from "../dom.js";
import { drawText } from "../text/text-object.js";

export function drawContext(block, surface) {
  const parts = block.elements.map((element) => drawText("span", { class: "context-part" }, element, surface.directory));
  return { node: make("div", { class: "context" }, parts) };
}
