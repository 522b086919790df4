/** multi_users_select: several people of the workspace, each chosen one a chip in the field. */

import { make } from "../dom.js";
import { plain } from "../text/plain.js";
import { Combobox } from "../widgets/combobox.js";
import { drawChip } from "./chip.js";
import { matching } from "./option-groups.js";
import { peopleChoices } from "./users-select.js";

export function drawMultiUsersSelect(field) {
  const { element } = field;
  const choices = peopleChoices(field);
  const most = element.max_selected_items ?? Infinity;
  const chosen = () => field.value ?? [];
  const chips = make("span", { class: "chips" });

  const take = async (people) => {
    await field.choose(people);
    drawChips();
  };
  const combobox = new Combobox({
    id: field.id,
    naming: field.naming("Choose people"),
    placeholder: plain(element.placeholder) || "Choose people",
    multiple: { chips, isChosen: (key) => chosen().includes(key), count: () => chosen().length, removeLast: () => take(chosen().slice(0, -1)) },
    source: { find: (query) => matching([{ label: "", choices }], query) },
    onChoose: (choice) => {
      if (chosen().includes(choice.key)) return take(chosen().filter((id) => id !== choice.key));
      return chosen().length < most ? take([...chosen(), choice.key]) : undefined;
    },
  });

  function drawChips() {
    const named = (id) => choices.find(({ key }) => key === id)?.words ?? id;
    chips.replaceChildren(...chosen().map((id) => drawChip(named(id), () => take(chosen().filter((other) => other !== id)))));
    combobox.refresh();
  }

  drawChips();
  return { node: combobox.node, control: combobox.control };
}
