/** users_select: the people of the workspace. */

import { plain } from "../text/plain.js";
import { Combobox } from "../widgets/combobox.js";
import { matching } from "./option-groups.js";

export function peopleChoices(field) {
  return field.directory.people.map((person) => ({ key: person.id, words: person.real_name || person.name, description: person.title ?? "", person }));
}

export function drawUsersSelect(field) {
  const choices = peopleChoices(field);
  const combobox = new Combobox({
    id: field.id,
    naming: field.naming("Choose a person"),
    placeholder: plain(field.element.placeholder) || "Choose a person",
    selected: choices.find(({ key }) => key === field.value) ?? null,
    clearable: field.optional,
    source: { find: (query) => matching([{ label: "", choices }], query) },
    onChoose: (choice) => field.choose(choice?.key ?? null),
  });
  return { node: combobox.node, control: combobox.control };
}
