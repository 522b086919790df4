/** What stands above the first message of a channel or DM. */

import { drawAppAvatar } from "./avatar.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";

export function drawChannelIntro(channel, welcome) {
  const mark = make("span", { class: "intro-mark" }, icon(channel.is_private ? "lock" : "hash"));
  const sentence = channel.topic || "Everybody in this channel reads what is written here.";
  return make("div", { class: "intro" }, mark, make("h2", { class: "intro-title", dir: "auto" }, channel.name), make("p", { class: "intro-words", dir: "auto" }, sentence), welcome);
}

export function drawDmIntro(app, welcome) {
  return make("div", { class: "intro" }, drawAppAvatar("large"), make("h2", { class: "intro-title" }, app.name),
    make("p", { class: "intro-words" }, `This conversation is between you and ${app.name}. Summaries arrive here.`), welcome);
}
