// What a page needs to be printed: charts that shrink to the paper, tables that break their lines.
(() => {
  const MORE = {};

  // Plotly draws in pixels of the screen: with a viewBox its drawing shrinks to the paper.
  const shrink = (svg) =>
    svg.setAttribute("viewBox", `0 0 ${svg.width.baseVal.value} ${svg.height.baseVal.value}`);

  // Streamlit paints a table on a canvas, dark on a dark screen and cut where the paper ends. For
  // screen readers it holds the rows in view as a table of HTML, which is printed in its place.
  const written = (grid) => {
    const table = grid.querySelector("canvas table")?.cloneNode(true);
    if (!table) return;
    for (const cell of table.querySelectorAll("[id]")) cell.removeAttribute("id");
    const paper = document.createElement("div");
    paper.className = "on-paper";
    paper.append(table);
    const rows = [table.tBodies[0]?.rows.length ?? 0, table.getAttribute("aria-rowcount") - 1];
    const columns = [table.rows[0]?.cells.length ?? 0, Number(table.getAttribute("aria-colcount"))];
    if (rows[0] < rows[1] || columns[0] < columns[1]) {
      const counts = [...rows, ...columns]; // in view and in all
      paper.append((MORE[document.documentElement.lang] ?? "").replaceAll("#", () => counts.shift()));
    }
    grid.after(paper);
  };

  addEventListener("beforeprint", () => {
    document.querySelectorAll(".main-svg").forEach(shrink);
    document.querySelectorAll(".stDataFrame").forEach(written);
  });
  addEventListener("afterprint", () => {
    document.querySelectorAll(".on-paper").forEach((paper) => paper.remove());
  });
})();
