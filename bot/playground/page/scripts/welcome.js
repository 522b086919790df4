/** The quiet hint for a first visit: what to type, with examples that fill the composer. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

const SEEN = "kinward.welcome.dismissed";

const EXAMPLES = [
  { text: "/family", means: "find a client and open the card" },
  { text: "/family link", means: "link two clients" },
  { text: "/family add", means: "add a contact" },
  { text: "/family client new", means: "a new client" },
  { text: "/family help", means: "everything it can do" },
];

function wasDismissed() {
  try {
    return localStorage.getItem(SEEN) === "yes";
  } catch {
    return false; // A browser that keeps nothing shows the hint each time.
  }
}

function dismiss() {
  try {
    localStorage.setItem(SEEN, "yes");
  } catch {
    // The hint then goes for this visit only.
  }
}

/** Draws the hint, or nothing where it was dismissed or the app has no such command. `fill(text)` takes an example. */
export function drawWelcome({ commands, fill }) {
  const examples = EXAMPLES.filter(({ text }) => commands.some(({ command }) => text === command || text.startsWith(`${command} `)));
  if (examples.length === 0 || wasDismissed()) return null;
  const close = make("button", { type: "button", class: "welcome-close", "aria-label": "Hide this hint" }, icon("close"));
  const node = make(
    "aside",
    { class: "welcome", "aria-label": "How to begin" },
    make("p", { class: "welcome-title" }, icon("bulb"), "Type ", make("code", {}, examples[0].text), " to begin, or take one of these:"),
    make("ul", { class: "welcome-list" }, examples.map(({ text, means }) => make("li", {},
      make("button", { type: "button", class: "example", onclick: () => fill(text) }, make("code", {}, text)), make("span", { class: "welcome-means" }, means)))),
    close,
  );
  close.addEventListener("click", () => {
    dismiss();
    node.remove();
  });
  return node;
}
