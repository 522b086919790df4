/** overflow: the [...] button with a menu of up to five options. */

import { make } from "../dom.js";
import { icon } from "../icons.js";
import { plain } from "../text/plain.js";
import { Menu } from "../widgets/menu.js";

export function drawOverflow(field) {
  const { element } = field;
  const name = ["More actions", field.about].filter(Boolean).join(": ");
  const node = make("button", { type: "button", id: field.id, class: "button button-icon", "aria-label": name }, icon("more"));
  const items = element.options.map((option) => ({
    words: plain(option.text),
    description: plain(option.description),
    choose: () => {
      if (option.url) window.open(option.url, "_blank", "noopener,noreferrer");
      field.surface.act(field.block.block_id, element, { selected_option: option });
    },
  }));
  const menu = new Menu({ button: node, items });
  return { node: make("span", { class: "menu-place" }, node, menu.node), control: node };
}
