/** static_select: a list from the view, searched while typing. */

import { plain } from "../text/plain.js";
import { Combobox } from "../widgets/combobox.js";
import { choiceOf, groupsOf, matching } from "./option-groups.js";

export function drawStaticSelect(field) {
  const groups = groupsOf(field.element);
  const combobox = new Combobox({
    id: field.id,
    naming: field.naming("Choose an option"),
    placeholder: plain(field.element.placeholder) || "Choose an option",
    selected: field.value ? choiceOf(field.value) : null,
    clearable: field.optional,
    source: { find: (query) => matching(groups, query) },
    onChoose: (choice) => field.choose(choice?.option ?? null),
  });
  return { node: combobox.node, control: combobox.control };
}
