/** section: a text, up to ten fields in two columns, and one accessory at the side. */

import { freshId, make } from "../dom.js";
import { drawElement } from "../elements/draw-element.js";
import { Field } from "../elements/field.js";
import { plain } from "../text/plain.js";
import { drawText } from "../text/text-object.js";

const SMALL = new Set(["button", "overflow"]);

export function drawSection(block, surface) {
  const { directory } = surface;
  const textId = freshId("section");
  const body = make("div", { class: "section-body" });
  if (block.text) body.append(drawText("div", { class: "section-text", id: textId }, block.text, directory));
  if (block.fields) {
    const fields = block.fields.map((field) => drawText("div", { class: "section-field" }, field, directory));
    body.append(make("div", { class: "section-fields" }, fields));
  }
  const node = make("div", { class: "section" }, body);
  if (block.accessory) {
    const about = plain(block.text ?? block.fields?.[0]).split("\n")[0].slice(0, 80);
    const field = new Field({ surface, block, element: block.accessory, dispatches: true, about, labelId: block.text ? textId : null });
    const size = SMALL.has(block.accessory.type) ? "accessory accessory-small" : "accessory";
    node.append(make("div", { class: size }, drawElement(field).node));
  }
  return { node };
}
