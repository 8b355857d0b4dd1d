// Keys, steps, and a warning before words are lost. Every page works without it, by its forms.
"use strict";

(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const sheet = one("#sheet");
  let touched = false;

  document.body.classList.add("scripted");

  // --- Keys -------------------------------------------------------------------------------------------------------

  const writing = (element) =>
    element.matches?.("textarea, select, [contenteditable]") ||
    (element.matches?.("input") && !["checkbox", "radio", "button", "submit"].includes(element.type));

  const remembered = () => {
    try {
      return localStorage.getItem("keys-off") === "yes";
    } catch {
      return false;
    }
  };
  let off = remembered();

  const press = (element) => {
    if (element.matches("textarea, select, input:not([type=checkbox]):not([type=radio])")) {
      element.focus();
      element.select?.();
      if (element.matches("textarea")) element.setSelectionRange(element.value.length, element.value.length);
    } else if (element.matches("input")) {
      element.focus();
      element.click();
    } else {
      element.click();
    }
  };

  const rate = (group) => {
    if (!group) return;
    (one(":checked", group) ?? one("input", group)).focus();
  };

  const rating = (event) => {
    const group = event.target.closest?.("[data-rating]");
    if (!group || !/^[1-5]$/.test(event.key)) return false;
    one(`input[value="${event.key}"]`, group).click();
    const groups = all("[data-rating]");
    const next = groups[groups.indexOf(group) + 1];
    if (next) {
      rate(next);
    } else {
      one("[value=accept]").focus();
    }
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && writing(event.target)) {
      event.target.blur();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && one("#save")) {
      event.preventDefault();
      one("#save").click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || off || writing(event.target) || one("dialog[open]")) return;
    const handled =
      rating(event) ||
      (() => {
        const group = one(`[data-rating="${CSS.escape(event.key)}"]`);
        if (group) {
          rate(group);
          return true;
        }
        const target = one(`[data-key="${CSS.escape(event.key)}"]`);
        if (target) press(target);
        return Boolean(target);
      })();
    if (handled) event.preventDefault();
  });

  const dialog = one("#keys-dialog");
  if (dialog) {
    one("#keys").addEventListener("click", () => dialog.showModal());
    one("#keys-close").addEventListener("click", () => dialog.close());
    const box = one("#keys-off");
    box.checked = off;
    box.addEventListener("change", () => {
      off = box.checked;
      try {
        localStorage.setItem("keys-off", off ? "yes" : "no");
      } catch {
        // It holds until the page is left.
      }
    });
  }

  // --- A draft ----------------------------------------------------------------------------------------------------

  if (!sheet) return;
  const steps = one("#steps");

  const fit = (area) => {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  all("textarea").forEach(fit);

  const number = () => {
    all("textarea", steps).forEach((area, i) => {
      area.setAttribute("aria-label", `Step ${i + 1}`);
      if (i === 0) area.dataset.key = "e";
      else delete area.dataset.key;
    });
  };

  const tool = (name, label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.tabIndex = -1; // the keys in the field do the same
    button.addEventListener("click", act);
    return button;
  };

  const equip = (item) => {
    const tools = document.createElement("div");
    tools.className = "tools";
    tools.append(
      tool("+", "Add a step below (Alt Enter)", () => add(item)),
      tool("↑", "Move the step up (Alt Up)", () => move(item, -1)),
      tool("↓", "Move the step down (Alt Down)", () => move(item, 1)),
      tool("✕", "Delete the step (Alt Backspace)", () => remove(item)),
    );
    item.append(tools);
  };

  const changed = (item) => {
    touched = true;
    number();
    const area = item && one("textarea", item);
    if (area) {
      fit(area);
      area.focus();
    }
  };

  const add = (item) => {
    const fresh = document.createElement("li");
    const area = document.createElement("textarea");
    area.name = "step";
    area.rows = 1;
    fresh.append(area);
    equip(fresh);
    item.after(fresh);
    changed(fresh);
  };

  const move = (item, by) => {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(item);
    else other.after(item);
    changed(item);
  };

  const remove = (item) => {
    if (steps.children.length === 1) return;
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    changed(next);
  };

  all("li", steps).forEach(equip);
  steps.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    if (!event.altKey || !item) return;
    const act = {
      Enter: () => add(item),
      ArrowUp: () => move(item, -1),
      ArrowDown: () => move(item, 1),
      Backspace: () => remove(item),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  sheet.addEventListener("input", (event) => {
    touched = true;
    if (event.target.matches("textarea")) fit(event.target);
  });

  sheet.addEventListener("submit", (event) => {
    const rejects = event.submitter?.value === "reject";
    if (rejects && !one("[name=reason]:checked") && !one("#note").value.trim()) {
      event.preventDefault();
      one("[name=reason]").focus();
      const status = one(".said");
      status.textContent = "Say why: 1 to 0 tick a reason, n writes a note.";
      status.style.animation = "none";
      return;
    }
    touched = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
  one("#undo").addEventListener("submit", () => {
    touched = false;
  });

  // The next picture comes while this one is looked at.
  const next = one("[data-next]");
  if (next) new Image().src = next.dataset.next;
})();
