/** The sentence for what went wrong, drawn with one warning sign wherever it stands. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

/** What Slack says when an app did not answer as it should. */
export const TROUBLE = "We had some trouble connecting. Try again?";

/** Puts a sentence into a place that is hidden while there is none. */
export function showTrouble(place, sentence) {
  const words = (sentence ?? "").replace(/^\u26a0\ufe0f?\s*/u, "");
  place.replaceChildren(...(words ? [icon("warning"), make("span", { dir: "auto" }, words)] : []));
  place.hidden = words === "";
}
