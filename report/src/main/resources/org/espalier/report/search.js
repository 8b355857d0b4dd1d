"use strict";
const words = document.getElementById("words"), label = document.getElementById("label"),
  cell = document.getElementById("cell"), count = document.getElementById("count"),
  rows = Array.from(document.querySelectorAll("tbody tr"));
const texts = rows.map(row => row.textContent.toLowerCase());
function show() {
  const wanted = words.value.toLowerCase().split(" ").filter(word => word !== "");
  let shown = 0;
  rows.forEach((row, i) => {
    const fits = (label.value === "" || row.dataset.label === label.value)
      && (cell.value === "" || row.dataset.cell === cell.value)
      && wanted.every(word => texts[i].includes(word));
    row.hidden = !fits;
    if (fits) { shown++; }
  });
  count.textContent = shown + " of " + rows.length;
}
[words, label, cell].forEach(field => field.addEventListener("input", show));
show();
