/** Which module draws which block. */

import { make } from "../dom.js";
import { drawActions } from "./actions.js";
import { drawContext } from "./context.js";
import { drawDivider } from "./divider.js";
import { drawHeader } from "./header.js";
import { drawInput } from "./input.js";
import { drawRichText } from "./rich-text.js";
import { drawSection } from "./section.js";

const DRAWERS = {
  actions: drawActions,
  context: drawContext,
  divider: drawDivider,
  header: drawHeader,
  input: drawInput,
  rich_text: drawRichText,
  section: drawSection,
};

/** Draws a block: `{node}`, and for an input also `input`, by which the modal checks it and marks its errors. */
export function drawBlock(block, surface) {
  const drawer = DRAWERS[block.type];
  if (!drawer) return { node: make("p", { class: "block unknown" }, `The playground cannot draw “${block.type}”.`) };
  const drawn = drawer(block, surface);
  drawn.node.classList.add("block");
  drawn.node.dataset.blockId = block.block_id ?? "";
  return drawn;
}
