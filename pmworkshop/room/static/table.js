// Rows of a table: another one is added on the phone itself, so that it also comes where the line is gone.

const rowsOf = (button) => [...button.closest("[data-item]").querySelectorAll(".table-row")];

export function watchTables(form, changed) {
  for (const button of form.querySelectorAll('[name="more-rows"]')) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      addRow(button)?.querySelector("[name]").focus();
      changed();
    });
  }
}

// Makes the rows that kept cells such as `plan.3.what` need.
export function makeRowsFor(form, names) {
  for (const name of names) {
    const [, item, number] = name.match(/^(.+?)\.(\d+)\..+$/) ?? [];
    const button = item && form.querySelector(`[name="more-rows"][value="${CSS.escape(item)}"]`);
    while (button?.isConnected && rowsOf(button).length < Number(number)) addRow(button);
  }
}

function addRow(button) {
  const rows = rowsOf(button), item = button.value, number = rows.length + 1, most = Number(button.dataset.most);
  if (number > most) return null;
  const fresh = rows.at(-1).cloneNode(true);
  fresh.querySelector("legend").textContent = `Row ${number}`;
  for (const cell of fresh.querySelectorAll("[name]")) {
    const name = `${item}.${number}.${cell.name.slice(item.length + 1).replace(/^\d+\./, "")}`;
    fresh.querySelector(`[for="${CSS.escape(cell.id)}"]`).htmlFor = name;
    cell.id = cell.name = name;
    cell.value = "";
  }
  rows.at(-1).after(fresh);
  if (number === most) button.remove();
  return fresh;
}
