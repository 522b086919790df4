/** button: sends its value; plain, primary or danger; may ask first; may open an address. */

import { make } from "../dom.js";
import { plain } from "../text/plain.js";

export function drawButton(field) {
  const { element } = field;
  const words = plain(element.text);
  const node = make(
    "button",
    {
      type: "button",
      id: field.id,
      class: `button ${element.style ? `button-${element.style}` : ""}`.trim(),
      title: words.length > 30 ? words : null,
      "aria-label": element.accessibility_label ?? null,
    },
    make("span", { class: "button-text", dir: "auto" }, words),
  );
  node.addEventListener("click", async () => {
    if (element.url) window.open(element.url, "_blank", "noopener,noreferrer");
    node.setAttribute("aria-busy", "true");
    await field.surface.act(field.block.block_id, element, element.value === undefined ? {} : { value: element.value });
    node.removeAttribute("aria-busy");
  });
  return { node, control: node };
}
