'use strict';
/* Sorting: a click on a column's head sorts its table; a second click turns it round.
   Empty cells stay last. Without JavaScript the tables stand as they are. */
document.querySelectorAll('table.sortable').forEach(function (table) {
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  heads.forEach(function (head, column) {
    head.querySelector('button').addEventListener('click', function () {
      var up = head.getAttribute('aria-sort') !== 'ascending';
      heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      var body = table.tBodies[0];
      var rows = Array.prototype.slice.call(body.rows).map(function (row, order) {
        var cell = row.cells[column], text = cell.textContent;
        var number = cell.classList.contains('n');
        var value = number ? parseFloat(cell.getAttribute('data-v')) : text;
        return { row: row, order: order, value: value, empty: text === '', number: number };
      });
      rows.sort(function (a, b) {
        if (a.empty !== b.empty) { return a.empty ? 1 : -1; }
        var d = a.number ? a.value - b.value : a.value.localeCompare(b.value, 'en');
        return (up ? d : -d) || a.order - b.order || 0;
      });
      rows.forEach(function (entry) { body.appendChild(entry.row); });
    });
  });
});
