/** The small square with a person's initials, or the app's own mark. */

import { make } from "./dom.js";

const BRIGHT = 0.2; // luminance from which dark words have more contrast than white ones

/** White or dark words, whichever can be read on this background. */
function inkOn(color) {
  const channels = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color ?? "");
  if (!channels) return "#fff";
  const [red, green, blue] = channels.slice(1).map((hex) => {
    const part = parseInt(hex, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > BRIGHT ? "#1d1c1d" : "#fff";
}

export function drawAvatar(person, size = "medium") {
  const name = person?.real_name || person?.name || "";
  const initials = person?.initials || [...name].slice(0, 1).join("") || "?";
  const node = make("span", { class: `avatar avatar-${size}`, "aria-hidden": "true" }, initials);
  if (person?.color) {
    node.style.backgroundColor = person.color.startsWith("#") ? person.color : `#${person.color}`;
    node.style.color = inkOn(person.color);
  }
  return node;
}

export function drawAppAvatar(size = "medium") {
  return make("img", { class: `avatar avatar-${size}`, src: "icon.svg", alt: "" });
}
