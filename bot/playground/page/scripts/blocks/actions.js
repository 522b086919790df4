/** actions: buttons, menus and selects in a row that wraps. */

import { make } from "../dom.js";
import { drawElement } from "../elements/draw-element.js";
import { Field } from "../elements/field.js";

export function drawActions(block, surface) {
  const elements = block.elements.map((element) => drawElement(new Field({ surface, block, element, dispatches: true })).node);
  return { node: make("div", { class: "actions" }, elements) };
}
