/** rich_text: formatted text in which a name can hold any character. */

import { make } from "../dom.js";
import { drawRichPart } from "../text/rich-text.js";

export function drawRichText(block, surface) {
  return { node: make("div", { class: "rich-text" }, block.elements.map((part) => drawRichPart(part, surface.directory))) };
}
