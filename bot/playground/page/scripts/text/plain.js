/** plain_text: shown as it is, apart from emoji names where the text object asks for them. */

import { withEmoji } from "./emoji.js";

/** The words of a text object without any formatting, for labels, buttons and accessible names. */
export function plain(object) {
  if (!object) return "";
  if (object.type === "mrkdwn") return unformatted(object.text);
  return object.emoji === false ? object.text : withEmoji(object.text);
}

function unformatted(text) {
  const linksAsWords = text.replace(/<([^>|]+)\|([^>]+)>/g, "$2").replace(/<(?:[a-z]+:)([^>]+)>/g, "$1");
  const unmarked = linksAsWords.replace(/[*_~`]/g, "");
  return withEmoji(unmarked.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&"));
}
