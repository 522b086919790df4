/** The page's few icons, drawn here: 20 by 20, in the colour of the text around them. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  close: "M5 5l10 10M15 5L5 15",
  down: "M5 8l5 5 5-5",
  left: "M12 5l-5 5 5 5",
  right: "M8 5l5 5-5 5",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  menu: "M3 6h14M3 10h14M3 14h14",
  mail: "M3 5h14v10.5H3zM3 6l7 5.5L17 6",
  file: "M5.5 3h6l3.5 3.5V17H5.5zM11 3v4h4",
  send: "M3.5 16.5L17 10 3.5 3.5 5.5 10zM5.5 10H11",
  calendar: "M4 5h12v11H4zM4 8.5h12M7 3v3.5M13 3v3.5",
  check: "M4 10.5l4 4 8-9",
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.2a2.2 2.2 0 100-4.4 2.2 2.2 0 000 4.4z",
  warning: "M10 3.2L18 16.5H2zM10 8.5v3.5M10 14.2h.01",
  lock: "M5.5 9h9v7.5h-9zM7.3 9V6.8a2.7 2.7 0 015.4 0V9",
  window: "M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7",
  hash: "M7.5 3.5l-1.5 13M14 3.5l-1.5 13M4 7.5h13M3 12.5h13",
  shared: "M7.5 5L12 10l-4.5 5L3 10zM12.5 5L17 10l-4.5 5-2.2-2.5",
  traffic: "M3 7h12M12 4l3 3-3 3M17 13H5M8 10l-3 3 3 3",
  bulb: "M7.5 14.5h5M8 17h4M10 3a4.8 4.8 0 00-2.6 8.8v1.2h5.2v-1.2A4.8 4.8 0 0010 3z",
};

/** Draws one icon; it says nothing to a screen reader, so the control around it must. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
