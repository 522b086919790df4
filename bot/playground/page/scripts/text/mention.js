/** A person, an app or a channel named inside a text. */

import { make } from "../dom.js";

export function drawPerson(userId, directory) {
  return make("span", { class: "mention", dir: "auto" }, `@${directory.nameOf(userId)}`);
}

export function drawChannel(channelId, directory) {
  return make("span", { class: "mention", dir: "auto" }, `#${directory.channelName(channelId)}`);
}
