/** Begins: asks the local Slack for its workspace and draws the page. */

import { Api } from "./api.js";
import { make } from "./dom.js";
import { Playground } from "./playground.js";

const workspace = await Api.workspace();
if (workspace.ok) {
  const playground = new Playground(workspace);
  document.body.append(...playground.node);
  playground.begin();
} else {
  const again = make("button", { type: "button", class: "button button-primary", onclick: () => location.reload() }, "Try again");
  document.body.append(make("main", { class: "cannot-begin" }, make("h1", {}, "The playground does not answer"), make("p", { role: "alert" }, "Start it with “kinward playground” and try again."), again));
}
