/** checkboxes: up to ten, any number of them ticked. */

import { drawTickList } from "./tick-list.js";

export function drawCheckboxes(field) {
  const drawn = drawTickList(field, {
    kind: "checkbox",
    role: "group",
    ticked: (option) => (field.value ?? []).some(({ value }) => value === option.value),
    chosen: async (values) => {
      await field.choose(field.element.options.filter(({ value }) => values.includes(value)));
      drawn.redraw();
    },
  });
  return drawn;
}
