/** multi_static_select: several options, each chosen one a chip in the field. */

import { make } from "../dom.js";
import { plain } from "../text/plain.js";
import { Combobox } from "../widgets/combobox.js";
import { drawChip } from "./chip.js";
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
    chips.replaceChildren(...chosen().map((option) => drawChip(plain(option.text), () => take(chosen().filter((other) => other.value !== option.value)))));
    combobox.refresh();
  }

  drawChips();
  return { node: combobox.node, control: combobox.control };
}
