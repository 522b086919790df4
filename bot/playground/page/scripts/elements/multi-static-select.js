/** multi_static_select: several options, each chosen one a chip in the field. */

import { make } from "../dom.js";
import { icon } from "../icons.js";
import { plain } from "../text/plain.js";
import { Combobox } from "../widgets/combobox.js";
import { groupsOf, matching } from "./option-groups.js";

export function drawMultiStaticSelect(field) {
  const { element } = field;
  const groups = groupsOf(element);
  const most = element.max_selected_items ?? Infinity;
  const chosen = () => field.value ?? [];
  const isChosen = (value) => chosen().some((option) => option.value === value);
  const chips = make("span", { class: "chips" });

  const take = async (options) => {
    await field.choose(options);
    drawChips();
  };
  const combobox = new Combobox({
    id: field.id,
    naming: field.naming("Choose options"),
    placeholder: plain(element.placeholder) || "Choose options",
    multiple: { chips, isChosen, count: () => chosen().length, removeLast: () => take(chosen().slice(0, -1)) },
    source: { find: (query) => matching(groups, query) },
    onChoose: (choice) => {
      if (isChosen(choice.key)) return take(chosen().filter((option) => option.value !== choice.key));
      return chosen().length < most ? take([...chosen(), choice.option]) : undefined;
    },
  });

  function drawChips() {
    chips.replaceChildren(...chosen().map((option) => drawChip(option, () => take(chosen().filter((other) => other.value !== option.value)))));
    combobox.refresh();
  }

  drawChips();
  return { node: combobox.node, control: combobox.control };
}

function drawChip(option, remove) {
  const words = plain(option.text);
  const button = make("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${words}`, onclick: remove }, icon("close"));
  return make("span", { class: "chip" }, make("span", { class: "chip-words", dir: "auto" }, words), button);
}
