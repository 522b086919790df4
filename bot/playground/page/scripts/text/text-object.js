/** A Block Kit text object, plain_text or mrkdwn, as nodes. */

import { make } from "../dom.js";
import { drawMrkdwn } from "./mrkdwn.js";
import { plain } from "./plain.js";

export function textNodes(object, directory) {
  if (!object) return [];
  if (object.type === "mrkdwn") return drawMrkdwn(object.text, directory);
  return plain(object).split("\n").flatMap((line, index) => (index ? [make("br"), line] : [line]));
}

/** Draws a text object into a new element that takes its direction from its own words. */
export function drawText(tag, attributes, object, directory) {
  return make(tag, { dir: "auto", ...attributes }, textNodes(object, directory));
}
