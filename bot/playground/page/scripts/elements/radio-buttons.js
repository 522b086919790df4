/** radio_buttons: up to ten, one of them chosen. */

import { drawTickList } from "./tick-list.js";

export function drawRadioButtons(field) {
  const drawn = drawTickList(field, {
    kind: "radio",
    role: "radiogroup",
    ticked: (option) => field.value?.value === option.value,
    chosen: async (values) => {
      await field.choose(field.element.options.find(({ value }) => values.includes(value)) ?? null);
      drawn.redraw();
    },
  });
  return drawn;
}
