/** The insides of a rich_text block: sections, lists, quotes, preformatted text, and the pieces within. */

import { make } from "../dom.js";
import { emojiFor } from "./emoji.js";
import { drawLink } from "./link.js";
import { drawChannel, drawPerson } from "./mention.js";

const STYLES = [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"]];

/** Draws one part of a rich_text block. */
export function drawRichPart(part, directory) {
  const inside = () => drawPieces(part.elements, directory);
  if (part.type === "rich_text_section") return make("div", { class: "rich-section", dir: "auto" }, inside());
  if (part.type === "rich_text_quote") return make("blockquote", { class: "quote", dir: "auto" }, inside());
  if (part.type === "rich_text_preformatted") return make("pre", { class: "preformatted" }, inside());
  if (part.type === "rich_text_list") return drawList(part, directory);
  return make("p", { class: "unknown" }, `The playground cannot draw “${part.type}”.`);
}

function drawList(list, directory) {
  const ordered = list.style === "ordered";
  const attributes = { class: "rich-list", start: ordered ? (list.offset ?? 0) + 1 : null, "data-indent": list.indent ?? 0 };
  const items = list.elements.map((item) => make("li", {}, make("span", { dir: "auto" }, drawPieces(item.elements, directory))));
  return make(ordered ? "ol" : "ul", attributes, items);
}

function drawPieces(pieces, directory) {
  return pieces.flatMap((piece) => styled(drawPiece(piece, directory), piece.style));
}

function drawPiece(piece, directory) {
  switch (piece.type) {
    case "text":
      return piece.text.split("\n").flatMap((line, index) => (index ? [make("br"), line] : [line]));
    case "link":
      return [drawLink(piece.url, [piece.text ?? piece.url.replace(/^mailto:|^tel:/, "")])];
    case "emoji":
      return [emojiFor(piece.name)];
    case "user":
      return [drawPerson(piece.user_id, directory)];
    case "channel":
      return [drawChannel(piece.channel_id, directory)];
    case "broadcast":
      return [make("span", { class: "mention" }, `@${piece.range}`)];
    case "date":
      return [piece.fallback ?? new Date(piece.timestamp * 1000).toLocaleString("en-US")];
    default:
      return [`[${piece.type}]`];
  }
}

function styled(nodes, style) {
  if (!style) return nodes;
  let wrapped = nodes;
  for (const [name, tag] of STYLES) if (style[name]) wrapped = [make(tag, {}, wrapped)];
  return wrapped;
}
