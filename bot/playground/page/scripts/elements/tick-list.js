/** The list that checkboxes and radio buttons share: a box, its words, its smaller words. */

import { freshId, make } from "../dom.js";
import { drawText } from "../text/text-object.js";

/** Draws the options; `chosen(values)` hears the values that are ticked after each change. */
export function drawTickList(field, { kind, role, ticked, chosen }) {
  const name = freshId(kind);
  const lines = field.element.options.map((option, index) => {
    const descriptionId = option.description ? freshId("description") : null;
    const box = make("input", {
      type: kind,
      name,
      class: "tick",
      id: `${field.id}-${index}`,
      value: option.value,
      "aria-describedby": descriptionId,
    });
    box.checked = ticked(option);
    box.addEventListener("change", () => chosen(boxes.filter((one) => one.checked).map((one) => one.value)));
    const words = make("span", { class: "tick-words" }, drawText("span", { class: "tick-text" }, option.text, field.directory));
    const description = option.description
      ? drawText("span", { class: "tick-description", id: descriptionId }, option.description, field.directory)
      : null;
    const label = make("label", { class: "tick-label", for: box.id }, words);
    return { box, line: make("div", { class: "tick-line" }, box, make("div", { class: "tick-side" }, label, description)) };
  });
  const boxes = lines.map(({ box }) => box);
  const node = make("div", { class: "tick-list", id: field.id, role, ...field.naming(field.about) }, lines.map(({ line }) => line));
  const redraw = () => field.element.options.forEach((option, index) => (boxes[index].checked = ticked(option)));
  return { node, control: node, grouped: true, redraw, focusTarget: () => boxes.find((box) => box.checked) ?? boxes[0] };
}
