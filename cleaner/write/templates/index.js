"use strict";
(() => {
  const table = document.getElementById("reports");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];

  // Empty cells are last in either order.
  function compare(one, other, order) {
    if (!one || !other) return !one - !other;
    return order * (one - other || one.localeCompare(other, undefined, { numeric: true }));
  }

  function sort(head, column) {
    const descending = head.getAttribute("aria-sort") === "ascending";
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const rows = [...body.rows].map((row) => [row.cells[column].textContent, row]);
    rows.sort(([one], [other]) => compare(one, other, descending ? -1 : 1));
    body.append(...rows.map(([, row]) => row));
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head, column));
    head.replaceChildren(button);
  });
})();
