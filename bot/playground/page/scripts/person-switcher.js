/** Who one acts as: a button that shows the person, and a menu of all of them. */

import { addressOf } from "./address.js";
import { drawAvatar } from "./avatar.js";
import { drawPersonBadge } from "./badge.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { Menu } from "./widgets/menu.js";

export function drawPersonSwitcher({ directory, person, place }) {
  const words = (one) => make("span", { class: "person-words" },
    make("span", { class: "person-name" }, make("span", { dir: "auto" }, directory.nameOf(one.id)), drawPersonBadge(one)),
    make("span", { class: "person-title", dir: "auto" }, one.title || ""));
  const button = make("button", { type: "button", class: "switcher", "aria-label": `Acting as ${directory.nameOf(person.id)}. Change the person` },
    drawAvatar(person), words(person), icon("down"));
  const people = directory.people.map((one) => ({
    drawn: [drawAvatar(one), words(one), one.id === person.id ? icon("check") : null],
    checked: one.id === person.id,
    choose: () => (location.hash = addressOf({ person: one.id, place })),
  }));
  const another = {
    drawn: [make("span", { class: "avatar avatar-medium avatar-blank" }, icon("window")), make("span", { class: "person-words" },
      make("span", { class: "person-name" }, "Open a second window"), make("span", { class: "person-title" }, "to be two people at once"))],
    choose: () => window.open(location.href, "_blank", "noopener"),
  };
  const menu = new Menu({ button, items: [...people, another], fit: "anchor", label: "Act as" });
  menu.node.classList.add("person-menu");
  return make("div", { class: "switcher-place" }, make("p", { class: "sidebar-label" }, "You are"), button, menu.node);
}
